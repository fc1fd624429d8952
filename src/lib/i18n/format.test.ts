import { afterEach, describe, expect, it } from 'vitest';
import {
	formatDato,
	formatKlokke,
	formatKortDato,
	formatListe,
	formatNarDag,
	formatTidsrom,
	formatUkedag,
	iOslo,
	kollator,
	storForbokstav
} from './format.ts';
import { overwriteGetLocale } from './paraglide/runtime.js';

let locale: 'nb' | 'nn' | 'en' = 'nb';
overwriteGetLocale(() => locale);
afterEach(() => (locale = 'nb'));

describe('dates', () => {
	it('are written as people here write them', () => {
		expect(formatDato('2026-11-22')).toBe('22. november 2026');
		expect(formatKortDato('2026-11-02', '2026-01-31')).toBe('2. november');
		expect(formatKortDato('2027-01-02', '2026-11-22')).toBe('2. januar 2027');
	});

	it('know the day of the week, over leap days and years', () => {
		expect(formatUkedag('2026-11-23', '2026-11-22')).toBe('mandag 23. november');
		expect(formatUkedag('2028-02-29', '2028-01-01')).toBe('tirsdag 29. februar');
		expect(formatUkedag('2027-01-03', '2026-12-31')).toBe('søndag 3. januar 2027');
	});

	it('are today, tomorrow and yesterday, also on the nights the clock changes', () => {
		expect(formatNarDag('2026-10-25', '2026-10-25')).toBe('i dag');
		expect(formatNarDag('2026-10-26', '2026-10-25')).toBe('i morgen');
		expect(formatNarDag('2026-03-28', '2026-03-29')).toBe('i går');
		expect(formatNarDag('2026-03-31', '2026-03-29')).toBe('31. mars');
	});

	it('speak nynorsk and English', () => {
		locale = 'nn';
		expect(formatUkedag('2026-11-21', '2026-11-22')).toBe('laurdag 21. november');
		locale = 'en';
		expect(formatDato('2026-11-22')).toBe('22 November 2026');
	});
});

describe('times', () => {
	it('have a point in Norwegian and a colon in English', () => {
		expect(formatTidsrom('14:30', '15:15')).toBe('kl. 14.30–15.15');
		expect(formatTidsrom('14:30', null)).toBe('kl. 14.30');
		expect(formatTidsrom(null, '15:15')).toBe('til kl. 15.15');
		expect(formatTidsrom(null, null)).toBeNull();
		locale = 'en';
		expect(formatTidsrom('14:30', '15:15')).toBe('14:30–15:15');
	});

	it('are Norway’s, in winter and in summer', () => {
		expect(iOslo(new Date('2026-01-31T23:30:00Z'))).toEqual({ dato: '2026-02-01', tid: '00:30' });
		expect(iOslo(new Date('2026-07-01T12:03:00Z'))).toEqual({ dato: '2026-07-01', tid: '14:03' });
		expect(formatKlokke(new Date('2026-01-31T13:03:00Z'))).toBe('14.03');
	});
});

describe('names', () => {
	it('are listed with «og» before the last', () => {
		expect([['Kari'], ['Kari', 'Ola'], ['Kari', 'Ola', 'Siri']].map((navn) => formatListe(navn))).toEqual([
			'Kari',
			'Kari og Ola',
			'Kari, Ola og Siri'
		]);
		expect(formatListe([])).toBe('');
	});

	it('are sorted with æ, ø and å last', () => {
		expect(['Ås', 'Øst', 'Ærlig', 'Zen'].sort(kollator().compare)).toEqual(['Zen', 'Ærlig', 'Øst', 'Ås']);
	});

	it('begin a line with a capital', () => {
		expect(storForbokstav('øst')).toBe('Øst');
	});
});
