import { createContext } from 'svelte';

export type Politeness = 'polite' | 'assertive';
/** Says a text to those who use a screen reader. `polite` waits for a pause, `assertive` interrupts. */
export type Announce = (text: string, how?: Politeness) => void;

/** Messages that come within this time (milliseconds) are read as one, so that a burst of events does not become a stutter. */
const BATCH_MS = 500;
const MUTE_KEY = 'demp-kunngjoringer';

/**
 * What the two live regions hold. A region is emptied before it is filled, so that the same text twice is read twice.
 * Muting holds back polite texts only: what is urgent is always said.
 */
export class Announcer {
	polite = $state('');
	assertive = $state('');
	#muted = $state(false);
	#waiting: Record<Politeness, string[]> = { polite: [], assertive: [] };
	#timers: Partial<Record<Politeness, ReturnType<typeof setTimeout>>> = {};

	get muted(): boolean {
		return this.#muted;
	}
	set muted(value: boolean) {
		this.#muted = value;
		try {
			localStorage.setItem(MUTE_KEY, value ? '1' : '0');
		} catch {
			// Storage may be blocked; the choice then lasts as long as the page.
		}
	}

	/** Reads the remembered choice. Browser only. */
	restore(): void {
		try {
			this.#muted = localStorage.getItem(MUTE_KEY) === '1';
		} catch {
			this.#muted = false;
		}
	}

	announce: Announce = (text, how = 'polite') => {
		if (!text || (how === 'polite' && this.#muted)) return;
		if (this.#waiting[how].at(-1) !== text) this.#waiting[how].push(text);
		this[how] = '';
		clearTimeout(this.#timers[how]);
		this.#timers[how] = setTimeout(() => this.#flush(how), BATCH_MS);
	};

	#flush(how: Politeness): void {
		this[how] = this.#waiting[how].join(' ');
		this.#waiting[how] = [];
	}
}

const [getAnnouncer, setAnnouncer] = createContext<Announcer>();

/** Called once, by the layout. */
export function provideAnnouncer(): Announcer {
	return setAnnouncer(new Announcer());
}

/** The page's announcer, for components that also show or set whether it is muted. */
export { getAnnouncer };

/** `const announce = useAnnounce()` while a component is set up; then `announce(text)` at any time. */
export function useAnnounce(): Announce {
	return getAnnouncer().announce;
}
