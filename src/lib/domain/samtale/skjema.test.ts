import * as v from 'valibot';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { avlysSkjema, erDato, erKlokkeslett, feltfeil, forslagSkjema, tidspunktSkjema } from './skjema.ts';

const TOM = { dato: '', fra: '', til: '', sted: '' };

/** The value, or which field is wrong and why. */
function tolk(skjema: v.GenericSchema, verdier: unknown): unknown {
	const svar = v.safeParse(skjema, verdier);
	return svar.success ? svar.output : { feil: feltfeil(svar.issues) };
}
const tid = (verdier: Partial<typeof TOM>) => tolk(tidspunktSkjema, { ...TOM, ...verdier });

describe('erDato', () => {
	test.each(['2026-11-24', '2024-02-29', '2000-02-29', '2000-01-01', '2100-12-31'])('%s is a day', (dato) => {
		expect(erDato(dato)).toBe(true);
	});

	test.each([
		...['2026-02-29', '2025-02-30', '2100-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32'],
		...[
			'1999-12-31',
			'2101-01-01',
			'0000-01-01',
			'9999-12-31',
			'24.11.2026',
			'2026-1-1',
			'26-11-24',
			'2026-11-24 ',
			''
		],
		...['2026-11-24T00:00', '+2026-11-24', '２０２６-11-24', '2026-11-24\n', 'i morgen']
	])('%j is none', (dato) => {
		expect(erDato(dato)).toBe(false);
	});

	test('knows every day that the calendar has, and no other', () => {
		fc.assert(
			fc.property(fc.integer({ min: 2000, max: 2100 }), fc.nat(13), fc.nat(32), (ar, maned, dag) => {
				const tekst = [String(ar), String(maned).padStart(2, '0'), String(dag).padStart(2, '0')].join('-');
				const lengde = maned >= 1 && maned <= 12 ? new Date(Date.UTC(ar, maned, 0)).getUTCDate() : 0;
				expect(erDato(tekst)).toBe(dag >= 1 && dag <= lengde);
			})
		);
	});
});

test.each([
	...([
		['00:00', true],
		['23:59', true],
		['14:30', true],
		['24:00', false],
		['25:61', false],
		['12:60', false]
	] as const),
	...([
		['9:00', false],
		['09:0', false],
		['0900', false],
		['09:00:00', false],
		['-1:00', false],
		['', false]
	] as const)
])('erKlokkeslett(%j) is %s', (tekst, svar) => {
	expect(erKlokkeslett(tekst)).toBe(svar);
});

describe('tidspunktSkjema', () => {
	test('takes a whole time and place, and trims', () => {
		expect(tid({ dato: ' 2026-11-24 ', fra: '14:30', til: '15:15', sted: '  Sentrum legekontor ' })).toEqual({
			dato: '2026-11-24',
			fra: '14:30',
			til: '15:15',
			sted: 'Sentrum legekontor'
		});
	});

	test('takes nothing at all as nothing', () => {
		expect(tid({})).toEqual({ dato: null, fra: null, til: null, sted: null });
		expect(tolk(tidspunktSkjema, {})).toEqual({ dato: null, fra: null, til: null, sted: null });
	});

	test.each([
		[{ dato: '2026-02-30' }, { dato: 'samtale_feil_dato' }],
		[{ dato: '2026-11-24', fra: '25:61' }, { fra: 'samtale_feil_klokkeslett' }],
		[{ dato: '2026-11-24', fra: '10:00', til: '24:00' }, { til: 'samtale_feil_klokkeslett' }],
		[{ fra: '10:00' }, { dato: 'samtale_feil_dato_mangler' }],
		[{ dato: '2026-11-24', til: '10:00' }, { fra: 'samtale_feil_fra_mangler' }],
		[{ dato: '2026-11-24', fra: '10:00', til: '09:59' }, { til: 'samtale_feil_til_for_fra' }],
		[{ dato: '2026-11-24', fra: '10:00', til: '10:00' }, { til: 'samtale_feil_til_for_fra' }],
		[{ sted: 'x'.repeat(201) }, { sted: 'samtale_feil_sted_langt' }],
		[{ sted: 'a\nb' }, { sted: 'felles_feil_tegn' }],
		[{ sted: 'a\u0000b' }, { sted: 'felles_feil_tegn' }],
		[{ sted: 'a\u202eb' }, { sted: 'felles_feil_tegn' }],
		[{ sted: 'a\u200bb' }, { sted: 'felles_feil_tegn' }],
		[{ sted: '\ud800' }, { sted: 'felles_feil_tegn' }]
	])('%j: %j', (verdier, feil) => {
		expect(tid(verdier)).toEqual({ feil });
	});

	test('takes 200 characters of a place', () => {
		expect(tid({ sted: 'å'.repeat(200) })).toMatchObject({ sted: 'å'.repeat(200) });
	});

	test('tells the first fault of every field at once', () => {
		expect(tid({ dato: 'x', fra: 'y', til: 'z', sted: '\u0007' })).toEqual({
			feil: {
				dato: 'samtale_feil_dato',
				fra: 'samtale_feil_klokkeslett',
				til: 'samtale_feil_klokkeslett',
				sted: 'felles_feil_tegn'
			}
		});
	});

	test('drops fields that it does not know, and refuses what is no text', () => {
		const svar = tolk(tidspunktSkjema, { ...TOM, status: 'ferdigstilt', id: 'x' }) as Record<string, unknown>;
		expect(Object.keys(svar).sort()).toEqual(['dato', 'fra', 'sted', 'til']);
		expect(tolk(tidspunktSkjema, { ...TOM, dato: ['2026-11-24'] })).toHaveProperty('feil.dato');
		expect(tolk(tidspunktSkjema, null)).toHaveProperty('feil');
	});
});

test('forslagSkjema wants a day', () => {
	expect(tolk(forslagSkjema, TOM)).toEqual({ feil: { dato: 'samtale_feil_dato_ma_fylles' } });
	expect(tolk(forslagSkjema, { ...TOM, dato: '2026-11-24' })).toMatchObject({ dato: '2026-11-24' });
});

describe('avlysSkjema', () => {
	test.each([
		['', 'samtale_feil_grunn_mangler'],
		[' \n\t ', 'samtale_feil_grunn_mangler'],
		['x'.repeat(1001), 'samtale_feil_grunn_lang'],
		['a\u0000b', 'felles_feil_tegn'],
		['a\u202eb', 'felles_feil_tegn'],
		['a\u2066b', 'felles_feil_tegn']
	])('%j: %s', (grunn, feil) => {
		expect(tolk(avlysSkjema, { grunn })).toEqual({ feil: { grunn: feil } });
	});

	test('takes several lines as a browser sends them, and keeps them as lines', () => {
		expect(tolk(avlysSkjema, { grunn: ' Sykdom.\r\nNy dato kommer.\rTakk ' })).toEqual({
			grunn: 'Sykdom.\nNy dato kommer.\nTakk'
		});
		const lang = `${'x'.repeat(499)}\r\n${'y'.repeat(500)}`;
		expect(tolk(avlysSkjema, { grunn: lang })).toEqual({ grunn: lang.replace('\r\n', '\n') });
	});
});
