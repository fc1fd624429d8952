/** Timers by name, so that an owner can have one of each kind and let go of all at once. */
export class Timers<Name extends string> {
	readonly #waiting = new Map<Name, ReturnType<typeof setTimeout>>();

	/** Acts after `ms` milliseconds; one of the same name that still waits is replaced. */
	set(name: Name, ms: number, act: () => void): void {
		clearTimeout(this.#waiting.get(name));
		const timer = setTimeout(() => {
			this.#waiting.delete(name);
			act();
		}, ms);
		this.#waiting.set(name, timer);
	}

	/** The same, unless one of that name waits already: the first call decides when. */
	setFirst(name: Name, ms: number, act: () => void): void {
		if (!this.#waiting.has(name)) this.set(name, ms, act);
	}

	clear(): void {
		for (const timer of this.#waiting.values()) clearTimeout(timer);
		this.#waiting.clear();
	}
}
