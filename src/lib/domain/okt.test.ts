import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ABSOLUTT_MS, oktGjelder, skalTouches, utloper } from './okt.ts';

const START = new Date('2026-11-24T08:00:00Z');
const after = (ms: number) => new Date(START.getTime() + ms);
const MINUTE = 60_000;
const okt = (idleMs: number, usedAfter = 0) => ({
	sistSett: after(usedAfter),
	idleMs,
	absoluttUtloper: after(ABSOLUTT_MS)
});

test('ends when it has been idle, and not a millisecond earlier', () => {
	const idle = okt(15 * MINUTE);
	expect(oktGjelder(idle, after(15 * MINUTE - 1))).toBe(true);
	expect(oktGjelder(idle, after(15 * MINUTE))).toBe(false);
});

test('ends after twelve hours, however busy it is', () => {
	const busy = okt(120 * MINUTE, 11.9 * 60 * MINUTE);
	expect(utloper(busy)).toEqual(after(12 * 60 * MINUTE));
	expect(oktGjelder(busy, after(12 * 60 * MINUTE - 1))).toBe(true);
	expect(oktGjelder(busy, after(12 * 60 * MINUTE))).toBe(false);
});

test('is marked as in use at most once a minute', () => {
	expect(skalTouches(okt(120 * MINUTE), after(MINUTE - 1))).toBe(false);
	expect(skalTouches(okt(120 * MINUTE), after(MINUTE))).toBe(true);
});

test('however it is used, it never outlives either end', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 1, max: 180 }), { maxLength: 60 }), (pauses) => {
			let now = 0;
			let used = 0;
			for (const pause of pauses) {
				now += pause * MINUTE;
				if (!oktGjelder(okt(120 * MINUTE, used), after(now))) break;
				expect(now - used).toBeLessThan(120 * MINUTE);
				expect(now).toBeLessThan(ABSOLUTT_MS);
				used = now;
			}
		})
	);
});
