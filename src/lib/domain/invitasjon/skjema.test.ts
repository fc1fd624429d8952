import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { feltfeil } from '../samtale/skjema.ts';
import { inviterSkjema, stedfortrederSkjema } from './skjema.ts';

const les = (felt: Record<string, string>, alle = false) => {
	const lest = v.safeParse(inviterSkjema({ alle }), felt);
	return lest.success ? lest.output : feltfeil(lest.issues);
};
const KARI = { 'navn-0': 'Kari Nordby', 'epost-0': 'Kari@example.no', 'veileder-0': 'ja' };

describe('the form for several people', () => {
	test('leaves out empty rows, and takes several roles of one person', () => {
		expect(les({ ...KARI, 'leder-0': 'ja', 'supervisor-3': 'ja', status: 'akseptert' })).toEqual({
			personer: [{ navn: 'Kari Nordby', epost: 'Kari@example.no', roller: ['leder', 'veileder'] }],
			mangler: [],
			delTidligere: false
		});
	});

	test('takes two rows with one address for one person with both roles', () => {
		const to = { 'navn-1': 'K. Nordby', 'epost-1': 'kari@EXAMPLE.no', 'supervisor-1': 'ja' };
		expect(les({ ...KARI, ...to, del: 'ja' })).toEqual({
			personer: [{ navn: 'Kari Nordby', epost: 'Kari@example.no', roller: ['veileder', 'supervisor'] }],
			mangler: [],
			delTidligere: true
		});
	});

	test('refuses two veiledere, but takes many supervisører', () => {
		const to = { 'navn-1': 'Per Berg', 'epost-1': 'per@example.no' };
		expect(les({ ...KARI, ...to, 'veileder-1': 'ja' })).toEqual({ 'roller-1': 'invitasjon_feil_bare_en' });
		expect(les({ ...KARI, ...to, 'supervisor-1': 'ja', 'supervisor-0': 'ja' })).toMatchObject({ personer: [{}, {}] });
	});

	test.each([
		[{}, { 'navn-0': 'invitasjon_feil_navn_mangler' }],
		[
			{ 'navn-2': 'Kari Nordby' },
			{ 'epost-2': 'felles_feil_epost_mangler', 'roller-2': 'invitasjon_feil_rolle_mangler' }
		],
		[
			{ 'navn-0': 'http://ond.no', 'epost-0': 'x', 'leder-0': 'ja' },
			{ 'navn-0': 'invitasjon_feil_navn', 'epost-0': 'felles_feil_epost' }
		],
		[{ ...KARI, 'navn-0': 'Kari\u202e' }, { 'navn-0': 'felles_feil_tegn' }]
	])('%o is told as %o', (felt, ventet) => {
		expect(les(felt)).toEqual(ventet);
	});

	test('wants each role filled, or «Vet ikke ennå», when one registers', () => {
		expect(les({ ...KARI, 'mangler-leder': 'ja' }, true)).toEqual({
			'mangler-supervisor': 'invitasjon_feil_eller_vet_ikke'
		});
		const alle = { 'mangler-leder': 'ja', 'mangler-veileder': 'ja', 'mangler-supervisor': 'ja' };
		expect(les(alle, true)).toMatchObject({ personer: [], mangler: ['leder', 'veileder', 'supervisor'] });
		// Whoever is invited is not missing.
		expect(les({ ...alle, ...KARI }, true)).toMatchObject({ mangler: ['leder', 'supervisor'] });
	});
});

test('a deputy has a last day', () => {
	const felt = { lisId: 'x', rolle: 'veileder', navn: 'Kari Nordby', epost: 'kari@example.no' };
	expect(v.is(stedfortrederSkjema, { ...felt, til: '2026-12-31' })).toBe(true);
	expect(v.is(stedfortrederSkjema, { ...felt, til: '' })).toBe(false);
	expect(v.is(stedfortrederSkjema, { ...felt, rolle: 'lis', til: '2026-12-31' })).toBe(false);
});
