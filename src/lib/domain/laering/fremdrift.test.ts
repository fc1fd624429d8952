import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { beregnFremdrift, type MalIFremdrift } from './fremdrift.ts';
import { erArbeidsdag, plussDager, plussUker } from './kalender.ts';
import type { Fravaersperiode } from './tjenestetid.ts';

const START = '2026-09-01';
const godkjent = (dag: string | null, antall = 1): MalIFremdrift[] =>
	Array.from({ length: antall }, (_, i) => ({ kode: `KLK-${dag}-${i}`, status: 'godkjent', godkjentDato: dag }));
const pagar: MalIFremdrift = { kode: 'KLK-040', status: 'pagar', godkjentDato: null };
/** Two goals a week from the first week until today. */
const toIUka = (uker: number) => Array.from({ length: uker }, (_, i) => godkjent(plussUker(START, i), 2)).flat();
const fremdrift = (idag: string, mal: MalIFremdrift[], fravaer: Fravaersperiode[] = [], antallMal = 48) =>
	beregnFremdrift({ startDato: START, idag, fravaer, mal, antallMal });

describe('before there is anything to go by', () => {
	it('before the start there is no week, no tempo and no estimate', () => {
		expect(fremdrift('2026-08-20', [pagar])).toMatchObject({
			...{ uke: null, avUker: 26, godkjent: 0, gjenstar: 48, tempo: null, iPermisjon: false },
			forventet: { slag: 'uviss', grunn: 'for_tidlig' }
		});
	});

	test.each([
		['three weeks gone', '2026-09-21', 6, 'for_tidlig'],
		['two goals', '2026-11-22', 1, 'for_fa'],
		['what was approved before the service', '2026-11-22', 0, 'for_fa']
	])('%s', (_navn, idag, uker, grunn) => {
		const bilde = fremdrift(idag, [...toIUka(uker), ...godkjent('2026-02-01', 9), ...godkjent(null)]);
		expect(bilde.forventet).toEqual({ slag: 'uviss', grunn });
		expect(bilde.godkjent).toBe(2 * uker + 10);
	});

	it('says nothing of a day that is years away', () => {
		expect(fremdrift('2027-02-20', godkjent('2026-09-20', 3)).forventet).toEqual({ slag: 'uviss', grunn: 'for_langt' });
	});
});

describe('the tempo', () => {
	it('is goals per five working days, over the last six weeks and over all', () => {
		// Twelve weeks of five days, none a holiday: 20 goals in the first six, 4 in the last.
		const bilde = fremdrift('2026-11-23', [...godkjent('2026-09-15', 20), ...godkjent('2026-11-02', 4), pagar]);
		expect(bilde.tempo).toEqual({ samlet: 2, siste: 4 / 6 });
	});

	it('does not suffer from permisjon or Christmas', () => {
		const permisjon: Fravaersperiode = { slag: 'permisjon', fra: '2026-10-13', til: '2026-11-22', prosent: 100 };
		const uten = fremdrift('2026-10-12', toIUka(6));
		const med = fremdrift('2026-11-22', toIUka(6), [permisjon]);
		expect(med.tempo).toEqual(uten.tempo);
		expect(med).toMatchObject({ uke: 7, iPermisjon: true, permisjonsdager: 29 });
		expect(med.tempo?.samlet).toBeCloseTo(2);
	});
});

describe('the estimate', () => {
	test.each([
		['two a week, before the end', 12, 48, '2027-02-17', 'for'],
		['two a week, about the end', 12, 50, '2027-02-24', 'omtrent'],
		['fewer goals, over Christmas', 12, 36, '2027-01-06', 'for'],
		['more goals, after the end and Easter', 12, 60, '2027-04-05', 'etter']
	])('%s', (_navn, uker, antallMal, dato, forhold) => {
		expect(fremdrift('2026-11-23', toIUka(uker), [], antallMal).forventet).toMatchObject({
			slag: 'anslag',
			dato,
			forhold
		});
	});

	it('waits for a permisjon to come, and so does the end', () => {
		const permisjon: Fravaersperiode = { slag: 'permisjon', fra: '2026-12-07', til: '2026-12-20', prosent: 100 };
		const [uten, med] = [fremdrift('2026-11-23', toIUka(12)), fremdrift('2026-11-23', toIUka(12), [permisjon])];
		if (uten.forventet.slag !== 'anslag' || med.forventet.slag !== 'anslag') expect.fail('an estimate');
		expect(med.forventet.dato).toBe(plussDager(uten.forventet.dato, 14));
		expect(med.slutt).toBe(plussDager(uten.slutt, 14));
	});

	it('is none when all are approved', () => {
		expect(fremdrift('2026-11-23', toIUka(24)).forventet).toEqual({ slag: 'ferdig' });
		expect(fremdrift('2026-09-02', godkjent('2026-09-01', 50)).gjenstar).toBe(0);
	});

	it('is a working day after today, earlier or the same with one more goal approved today', () => {
		const dager = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 46 });
		fc.assert(
			fc.property(dager, fc.integer({ min: 101, max: 250 }), (nar, idagEtter) => {
				const idag = plussDager(START, idagEtter);
				const mal = nar.flatMap((etter) => godkjent(plussDager(START, etter)));
				const [na, neste] = [fremdrift(idag, mal), fremdrift(idag, [...mal, ...godkjent(idag)])];
				if (na.forventet.slag !== 'anslag' || neste.forventet.slag !== 'anslag') return;
				expect(na.forventet.dato > idag && erArbeidsdag(na.forventet.dato)).toBe(true);
				expect(neste.forventet.dato <= na.forventet.dato).toBe(true);
			})
		);
	});
});
