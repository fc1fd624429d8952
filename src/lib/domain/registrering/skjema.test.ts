import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { feltfeil } from '../samtale/skjema.ts';
import { erBrukernavn, personSkjema } from './skjema.ts';

const HEL = {
	...{ epost: 'kari@example.no', mobil: '99 88 77 66', arbeidssted: '', kommune: '', stedsnavn: '', slag: '' },
	...{ stilling: '', sprak: 'nb', hpr: '', brukernavn: '', passord: '' }
};
const feil = (endret: Partial<Record<keyof typeof HEL, string>>) => {
	const lest = v.safeParse(personSkjema('Kari Nordby'), { ...HEL, ...endret });
	return lest.success ? {} : feltfeil(lest.issues);
};

test('what may be left empty is left out', () => {
	expect(v.parse(personSkjema('Kari Nordby'), { ...HEL, rolle: 'drift', status: 'aktiv' })).toEqual({
		...{ navn: 'Kari Nordby', epost: 'kari@example.no', mobil: '99 88 77 66', stilling: null, sprak: 'nb', hpr: null },
		...{ brukernavn: null, passord: null, sted: null }
	});
});

test.each([
	[{ epost: '' }, { epost: 'felles_feil_epost_mangler' }],
	[{ epost: 'kari' }, { epost: 'felles_feil_epost' }],
	[{ mobil: '' }, { mobil: 'registrering_feil_mobil_mangler' }],
	[{ mobil: 'abc' }, { mobil: 'konto_feil_mobil' }],
	[{ stilling: 'Lege 01010750160' }, { stilling: 'felles_feil_fodselsnummer' }],
	[{ sprak: 'sv' }, { sprak: 'felles_feil_ugyldig' }],
	[{ hpr: '12a' }, { hpr: 'registrering_feil_hpr' }],
	[{ brukernavn: 'kari nordby' }, { brukernavn: 'registrering_feil_brukernavn' }],
	[{ passord: 'blå elg spiser tyttebær' }, { brukernavn: 'registrering_feil_brukernavn_mangler' }],
	[{ brukernavn: 'kari', passord: 'kort' }, { passord: 'registrering_feil_passord_kort' }],
	[{ brukernavn: 'kari', passord: 'Nordby123456' }, { passord: 'registrering_feil_passord_vanlig' }],
	[
		{ arbeidssted: 'annet' },
		{
			stedsnavn: 'registrering_feil_sted_mangler',
			kommune: 'registrering_feil_kommune',
			slag: 'registrering_feil_slag'
		}
	]
])('%o is told as %o', (endret, ventet) => {
	expect(feil(endret)).toEqual(ventet);
});

describe('a workplace', () => {
	test('is one of the list', () => {
		const id = '4f6f1b9a-2f8e-4a53-9a57-0c7f1f8f0b11';
		expect(v.parse(personSkjema('K'), { ...HEL, arbeidssted: id }).sted).toEqual({ id });
	});
	test('or a new one', () => {
		const nytt = { arbeidssted: 'annet', kommune: '4601', stedsnavn: 'Nordnes legekontor', slag: 'legekontor' };
		expect(v.parse(personSkjema('K'), { ...HEL, ...nytt }).sted).toEqual({
			...{ kommune: '4601', navn: 'Nordnes legekontor', slag: 'legekontor' }
		});
	});
});

test('a user name is kept in lower case', () => {
	expect(v.parse(personSkjema('K'), { ...HEL, brukernavn: ' Kari.Ø ' }).brukernavn).toBe('kari.ø');
});
test.each(['ka', 'kari', 'kari.nordby', 'per_ødegård', 'k2'])('%s is a user name', (navn) => {
	expect(erBrukernavn(navn)).toBe(true);
});
test.each(['', 'k', 'Kari', '.kari', 'kari.', 'kari nordby', 'kari@example.no', 'a'.repeat(65)])(
	'«%s» is none',
	(navn) => {
		expect(erBrukernavn(navn)).toBe(false);
	}
);
