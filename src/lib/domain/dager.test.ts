import { describe, expect, it } from 'vitest';
import { klokkaINorge, oyeblikkINorge } from './dager.ts';

const utc = (dato: string, tid: string): string => oyeblikkINorge(dato, tid).toISOString().slice(0, 16);

describe('a time in Norway', () => {
	it('is one hour ahead of UTC in winter and two in summer', () => {
		expect(utc('2026-11-24', '14:30')).toBe('2026-11-24T13:30');
		expect(utc('2026-06-24', '14:30')).toBe('2026-06-24T12:30');
		expect(klokkaINorge(new Date('2026-06-24T22:30:59Z'))).toEqual({ dato: '2026-06-25', tid: '00:30' });
	});

	it('that the clock skips in March is as long after the move as it says', () => {
		expect(utc('2026-03-29', '01:59')).toBe('2026-03-29T00:59');
		expect(utc('2026-03-29', '02:30')).toBe('2026-03-29T01:30');
		expect(utc('2026-03-29', '03:00')).toBe('2026-03-29T01:00');
		expect(klokkaINorge(oyeblikkINorge('2026-03-29', '02:30'))).toEqual({ dato: '2026-03-29', tid: '03:30' });
	});

	it('that the clock shows twice in October is the first of the two', () => {
		expect(utc('2026-10-25', '01:59')).toBe('2026-10-24T23:59');
		expect(utc('2026-10-25', '02:30')).toBe('2026-10-25T00:30');
		expect(utc('2026-10-25', '03:00')).toBe('2026-10-25T02:00');
	});

	it('is what clocks show at that instant, every quarter of an hour of both days', () => {
		for (const dato of ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'])
			for (let minutt = 0; minutt < 24 * 60; minutt += 15) {
				const tid = `${String(Math.floor(minutt / 60)).padStart(2, '0')}:${String(minutt % 60).padStart(2, '0')}`;
				const skipped = dato.includes('-03-') && tid.startsWith('02:');
				const vist = skipped ? tid.replace('02:', '03:') : tid;
				expect(klokkaINorge(oyeblikkINorge(dato, tid))).toEqual({ dato, tid: vist });
			}
	});
});
