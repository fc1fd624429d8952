import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { erMobil, profilSkjema } from './skjema.ts';

test.each(['99 88 77 66', '+47 99887766', '12345'])('%s is a telephone number', (tekst) => {
	expect(erMobil(tekst)).toBe(true);
});
test.each(['1234', '+47 99-88', 'ring meg', '1234567890123456', '9988+7766'])('%s is none', (tekst) => {
	expect(erMobil(tekst)).toBe(false);
});

describe('the profile', () => {
	test('leaves out what is empty', () => {
		expect(v.parse(profilSkjema, { mobil: ' ', stilling: '', sprak: 'nn' })).toEqual({
			mobil: null,
			stilling: null,
			sprak: 'nn'
		});
	});

	test.each([
		[{ mobil: 'abc', stilling: '', sprak: 'nb' }, 'konto_feil_mobil'],
		[{ mobil: '', stilling: 'a'.repeat(201), sprak: 'nb' }, 'felles_feil_langt'],
		[{ mobil: '01010750160', stilling: '', sprak: 'nb' }, 'felles_feil_fodselsnummer'],
		[{ mobil: '', stilling: 'LIS 010107 50160', sprak: 'nb' }, 'felles_feil_fodselsnummer'],
		[{ mobil: '', stilling: 'a\u202eb', sprak: 'nb' }, 'felles_feil_tegn'],
		[{ mobil: '', stilling: '', sprak: 'sv' }, 'felles_feil_ugyldig']
	])('refuses %o', (verdier, nokkel) => {
		expect(v.safeParse(profilSkjema, verdier).issues?.map(({ message }) => message)).toEqual([nokkel]);
	});
});
