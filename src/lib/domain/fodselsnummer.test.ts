import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFodselsnumre, fodselsnummerRanges, isFodselsnummer, maskFodselsnumre } from './fodselsnummer.ts';

/** Completes nine digits with control digits by trying all of them, so that the test has its own way to the answer. */
function complete(nine: string): string | undefined {
	for (let control = 0; control < 100; control++) {
		const number = nine + String(control).padStart(2, '0');
		const sum = (weights: number[]) => weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0) % 11;
		if (sum([3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) === 0 && sum([5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) === 0) return number;
	}
	return undefined;
}

/** The first individnummer for which the date has valid control digits. */
function numberFor(date: string): string {
	for (let individ = 100; individ < 200; individ++) {
		const number = complete(date + individ);
		if (number) return number;
	}
	throw new Error(`no number for ${date}`);
}

describe('isFodselsnummer', () => {
	it.each([
		['an ordinary number', '010190'],
		['a D-nummer', '410190'],
		['a synthetic number of NAV (month + 40)', '014190'],
		['a synthetic number of Skatteetaten (month + 80)', '018190'],
		['a synthetic D-nummer', '418190'],
		['29 February of a leap year', '290200'],
		['31 December', '311299']
	])('accepts %s', (_what, date) => {
		expect(isFodselsnummer(numberFor(date))).toBe(true);
	});

	it.each([
		['day 0', '000190'],
		['day 32', '320190'],
		['D-nummer with day 40', '400190'],
		['day 72', '720190'],
		['month 0', '010090'],
		['month 13', '011390'],
		['month 53', '015390'],
		['month 93', '019390'],
		['31 April', '310490'],
		['29 February of an ordinary year', '290201']
	])('refuses %s', (_what, date) => {
		expect(isFodselsnummer(numberFor(date))).toBe(false);
	});

	it('refuses every other pair of control digits', () => {
		const right = numberFor('150685');
		for (let control = 0; control < 100; control++) {
			const number = right.slice(0, 9) + String(control).padStart(2, '0');
			expect(isFodselsnummer(number)).toBe(number === right);
		}
	});

	it('refuses what is not eleven digits', () => {
		for (const text of ['', '1234567890', '123456789012', 'abcdefghijk', '٠١٠١٩٠١٢٣٤٥'])
			expect(isFodselsnummer(text)).toBe(false);
	});
});

describe('findFodselsnumre', () => {
	const number = numberFor('010190');

	it.each([
		['alone', number],
		['in a sentence', `Pasient ${number}.`],
		['with a space after six digits', `${number.slice(0, 6)} ${number.slice(6)}`],
		['with a no-break space', `${number.slice(0, 6)}\u00a0${number.slice(6)}`],
		['between letters', `fnr${number}kari`],
		['after other digits and a space', `tlf 99 ${number}`]
	])('finds one %s', (_what, text) => {
		expect(findFodselsnumre(text)).toEqual([number]);
	});

	it.each([
		['inside a longer run of digits', `1${number}`],
		['followed by more digits', `${number}1`],
		['split by two spaces', `${number.slice(0, 6)}  ${number.slice(6)}`],
		['split elsewhere', `${number.slice(0, 5)} ${number.slice(5)}`],
		['a phone number', '+47 912 34 567'],
		['a date and a time', '24.11.2026 14.30']
	])('leaves alone one %s', (_what, text) => {
		expect(findFodselsnumre(text)).toEqual([]);
	});

	it('finds several, in order', () => {
		const other = numberFor('311299');
		expect(findFodselsnumre(`${other}, ${number} og ${other}`)).toEqual([other, number, other]);
	});

	it('is quick on a megabyte of digits', () => {
		const began = performance.now();
		findFodselsnumre('1'.repeat(1_000_000));
		expect(performance.now() - began).toBeLessThan(500);
	});

	it('never finds anything in text without eleven digits', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				fc.pre(text.replace(/\D/g, '').length < 11);
				return findFodselsnumre(text).length === 0;
			})
		);
	});
});

describe('masking', () => {
	const number = numberFor('150685');
	const spaced = `${number.slice(0, 6)} ${number.slice(6)}`;

	it('puts the mask where each valid number stood, and leaves every other digit', () => {
		expect(maskFodselsnumre(`${number}, ${spaced} og 12345678901`, '[x]')).toBe('[x], [x] og 12345678901');
		expect(maskFodselsnumre('tlf. 22 22 22 22', '[x]')).toBe('tlf. 22 22 22 22');
	});

	it('knows from where to where they stand', () => {
		expect(fodselsnummerRanges(`a ${spaced}.`)).toEqual([{ start: 2, end: 14 }]);
	});
});
