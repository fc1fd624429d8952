/** Numbers that look random and come again with the same seed, so that a failing run names what it drew. */
export type Random = {
	/** A whole number from `low` up to and including `high`. */
	int(low: number, high: number): number;
	/** One of them; undefined when there is none. */
	pick<T>(items: readonly T[]): T | undefined;
	/** True with this probability. */
	chance(probability: number): boolean;
};

/** Mulberry32: 32 bits of state, good enough to choose where somebody types. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		int: (low, high) => low + Math.floor(next() * (high - low + 1)),
		pick: (items) => items[Math.floor(next() * items.length)],
		chance: (probability) => next() < probability
	};
}
