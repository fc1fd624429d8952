import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
	arbeidsdagerMellom,
	dagerMellom,
	erArbeidsdag,
	erUkedag,
	helligdager,
	paskedag,
	plussDager,
	plussUker
} from './kalender.ts';

const ar = fc.integer({ min: 1970, max: 2199 });
const dag = fc.integer({ min: 0, max: 80_000 }).map((nummer) => plussDager('1970-01-01', nummer));

describe('Easter', () => {
	test.each([
		// The earliest and the latest there can be near our time, leap years, and the years LIS serve in now.
		'1818-03-22',
		'1943-04-25',
		'2008-03-23',
		'2024-03-31',
		'2025-04-20',
		'2026-04-05',
		'2027-03-28',
		'2028-04-16',
		'2038-04-25'
	])('is %s', (paske) => {
		expect(paskedag(Number(paske.slice(0, 4)))).toBe(paske);
	});

	it('is always a Sunday between 22 March and 25 April', () => {
		fc.assert(
			fc.property(ar, (etAr) => {
				const paske = paskedag(etAr);
				expect(new Date(paske).getUTCDay()).toBe(0);
				expect(paske >= `${etAr}-03-22` && paske <= `${etAr}-04-25`).toBe(true);
			})
		);
	});
});

describe('public holidays', () => {
	it('of 2026', () => {
		expect([...helligdager(2026).keys()].sort()).toEqual([
			...['2026-01-01', '2026-04-02', '2026-04-03', '2026-04-05', '2026-04-06', '2026-05-01', '2026-05-14'],
			...['2026-05-17', '2026-05-24', '2026-05-25', '2026-12-25', '2026-12-26']
		]);
		expect(helligdager(2026).get('2026-04-02')).toBe('skjaertorsdag');
		expect(helligdager(2026).get('2026-05-14')).toBe('kristi_himmelfartsdag');
	});

	it('can share a day', () => {
		expect(helligdager(2027).get('2027-05-17')).toBe('syttende_mai');
		expect(helligdager(2027).size).toBe(11);
	});

	it('are no working days; the eves are', () => {
		expect(['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-31', '2027-01-01'].map(erArbeidsdag)).toEqual([
			...[true, false, true, true, false]
		]);
		expect(erUkedag('2026-12-25')).toBe(true);
		expect(['2026-11-21', '2026-11-22', '2026-11-23'].map(erUkedag)).toEqual([false, false, true]);
	});
});

describe('working days', () => {
	test.each([
		['an ordinary week', '2026-11-23', '2026-11-29', 5],
		['the Easter week of 2026', '2026-03-30', '2026-04-05', 3],
		['Christmas 2026', '2026-12-21', '2027-01-03', 8],
		['one day', '2026-11-23', '2026-11-23', 1],
		['a weekend', '2026-11-21', '2026-11-22', 0],
		['backwards', '2026-11-24', '2026-11-23', 0]
	])('%s', (_navn, fra, til, antall) => {
		expect(arbeidsdagerMellom(fra, til)).toBe(antall);
	});

	it('of two spans that meet are those of the whole', () => {
		fc.assert(
			fc.property(dag, fc.nat(120), fc.nat(120), (fra, a, b) => {
				const midt = plussDager(fra, a);
				const til = plussDager(midt, b + 1);
				expect(arbeidsdagerMellom(fra, midt) + arbeidsdagerMellom(plussDager(midt, 1), til)).toBe(
					arbeidsdagerMellom(fra, til)
				);
			}),
			{ numRuns: 50 }
		);
	});
});

it('adds weeks over the nights on which the clocks change', () => {
	expect(plussUker('2026-10-19', 1)).toBe('2026-10-26');
	expect(plussUker('2026-09-01', 26)).toBe('2027-03-02');
	expect(dagerMellom('2026-03-27', '2026-03-30')).toBe(3);
	fc.assert(
		fc.property(dag, fc.nat(60), (fra, uker) => {
			expect(dagerMellom(fra, plussUker(fra, uker))).toBe(7 * uker);
		})
	);
});
