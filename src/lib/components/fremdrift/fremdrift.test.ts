import { describe, expect, it } from 'vitest';
import { beregnFremdrift, type MalIFremdrift } from '#lib/domain/laering/fremdrift.ts';
import { plussDager } from '#lib/domain/laering/kalender.ts';
import { desimal, forventettekst, ventetid } from '#lib/i18n/fremdrift.ts';
import { antallI, antallMal, skala, summer, utenfor, type Linje, type Tema } from './fremdrift.ts';

function linje(idag: string, godkjente: number, antallMal = 48): Linje {
	const mal = Array.from({ length: godkjente }, (_, i): MalIFremdrift => ({
		...{ kode: `KLK-${i}`, status: 'godkjent', godkjentDato: plussDager('2026-09-07', i) }
	}));
	return { ...beregnFremdrift({ startDato: '2026-09-01', idag, fravaer: [], mal, antallMal }), fravaer: [] };
}

describe('the line', () => {
	it('reaches from the start to the end of the service, and no place is outside it', () => {
		const x = skala(linje('2026-10-01', 0));
		expect(['2020-01-01', '2026-09-01', '2026-12-01', '2027-03-02', '2030-01-01'].map(x)).toEqual([0, 0, 50, 100, 100]);
	});

	it('reaches to today when that is later, and to an estimate that is', () => {
		expect(skala(linje('2027-03-10', 48))('2027-03-10')).toBeGreaterThan(99);
		const sen = linje('2026-12-01', 26);
		expect(sen.forventet).toMatchObject({ slag: 'anslag', forhold: 'etter' });
		expect(skala(sen)(sen.slutt)).toBeLessThan(100);
		expect(utenfor(sen)).toBe(false);
	});

	it('leaves room for the weeks when the estimate is far away', () => {
		const fjern = linje('2027-02-25', 24);
		expect(utenfor(fjern)).toBe(true);
		expect(skala(fjern)(fjern.slutt)).toBeGreaterThan(65);
	});
});

describe('goals by theme', () => {
	const temaer: Tema[] = [
		{ id: 'a', navn: 'A', antall: { godkjent: 2, sendt_tilbake: 1, trukket: 1 }, href: null },
		{ id: 'b', navn: 'B', antall: { godkjent: 1, underkjent: 3, pagar: 4 }, href: null }
	];

	it('counts all that came back as one, and sums over themes', () => {
		expect(temaer.map((tema) => antallI(tema, 'tilbake'))).toEqual([2, 3]);
		expect(antallMal(summer(temaer))).toBe(12);
		expect(antallI(summer(temaer), 'godkjent')).toBe(3);
		expect(antallMal({ antall: {} })).toBe(0);
	});
});

describe('the words', () => {
	it('say what is expected, or why nothing can be said', () => {
		expect(forventettekst({ slag: 'ferdig' }, '2026-11-22')).toBe('Alle målene er godkjent.');
		expect(
			forventettekst({ slag: 'anslag', dato: '2026-12-18', dagerEtterSlutt: -73, forhold: 'for' }, '2026-11-22')
		).toBe('I dette tempoet er alle målene godkjent omkring 18. desember, før planlagt slutt.');
		expect(forventettekst({ slag: 'uviss', grunn: 'for_tidlig' }, '2026-11-22')).toMatch(/^Det er for tidlig/);
	});

	it('write numbers as people here do', () => {
		expect([0, 1, 2.04, 2.25, 0.049].map(desimal)).toEqual(['0', '1', '2', '2,3', '0']);
		expect([0, 1, 5].map(ventetid)).toEqual(['Kom i dag', 'Har ventet i 1 dag', 'Har ventet i 5 dager']);
	});
});
