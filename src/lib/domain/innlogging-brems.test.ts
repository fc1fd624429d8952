import { describe, expect, test } from 'vitest';
import { brems, ventTilPlass } from './innlogging-brems.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
/** So many failures, newest first, `gapMs` apart; the newest as long ago. */
const failures = (count: number, gapMs: number) =>
	Array.from({ length: count }, (_, i) => new Date(NOW.getTime() - (i + 1) * gapMs));
const wait = (count: number, gapMs = 20_000) => brems(failures(count, gapMs), NOW);

describe('brems', () => {
	test('the first mistakes are free, then the wait doubles up to four seconds', () => {
		expect([0, 1, 4, 5, 6, 7, 8, 9, 10, 40].map((count) => wait(count))).toEqual(
			[0, 0, 0, 250, 500, 1000, 2000, 4000, 4000, 4000].map((ventMs) => ({ ventMs }))
		);
	});

	test('slow guessing never locks the owner out, however long it lasts', () => {
		expect(wait(200, 4_000)).toEqual({ ventMs: 4_000 });
	});

	test('a flood is turned away at once, and told for how long', () => {
		expect(wait(24, 100)).toEqual({ ventMs: 4_000 });
		expect(wait(25, 100)).toEqual({ avvist: true, provIgjenMs: 7_500 });
	});

	test('the wait after a flood ends when the flood does: what is turned away counts no more', () => {
		const flood = failures(25, 100);
		expect(brems(flood, new Date(NOW.getTime() + 7_499))).toHaveProperty('avvist');
		expect(brems(flood, new Date(NOW.getTime() + 9_900))).toEqual({ ventMs: 4_000 });
		for (let ms = 0; ms < 10_000; ms += 500) {
			const svar = brems(flood, new Date(NOW.getTime() + ms));
			if ('avvist' in svar) expect(svar.provIgjenMs).toBeGreaterThanOrEqual(1_000);
		}
	});
});

describe('ventTilPlass', () => {
	const GRENSE = { antall: 3, vinduMs: 60_000 };
	test.each([
		['none', 0, 1000, 0],
		['fewer', 2, 1000, 0],
		['so many', 3, 1000, 57_000],
		['many more: until the third newest is old enough', 50, 1000, 57_000],
		['so many, but slowly', 10, 30_000, 0]
	])('after %s one waits', (_hva, antall, gapMs, vent) => {
		expect(ventTilPlass(failures(antall, gapMs), GRENSE, NOW)).toBe(vent);
	});
});
