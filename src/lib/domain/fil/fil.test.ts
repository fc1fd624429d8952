import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ENDELSER, koblingVerdi, tolkKobling, typeAvNavn, visning, type Kobling } from './fil.ts';
import { rensFilnavn } from './navn.ts';
import { filSkjema } from './skjema.ts';

const ID = '0b5a7a4e-9c2c-4c55-9a7c-1f2e3d4c5b6a';

describe('a file’s name', () => {
	test.each([
		['Kursbevis akuttmedisin.pdf', 'Kursbevis akuttmedisin.pdf'],
		['../../etc/passwd', 'passwd'],
		['C:\\Users\\kari\\Notat.docx', 'Notat.docx'],
		['faktura\u202efdp.exe', 'fakturafdp.exe'],
		['a\r\nSet-Cookie: b=c.pdf', 'aSet-Cookie- b=c.pdf'],
		['.htaccess', 'htaccess'],
		['...', 'fil'],
		['\u200b\u2066', 'fil'],
		['.pdf', 'pdf'],
		['  mellom \t rom .pdf', 'mellom rom.pdf'],
		['Åse\u0308.png', 'Åsë.png'],
		['Áile Ŋ – attest.pdf', 'Áile Ŋ – attest.pdf'],
		['\ud800.txt', 'txt'],
		[`${'x'.repeat(400)}.pdf`, `${'x'.repeat(146)}.pdf`]
	])('%j is shown as %j', (navn, vist) => {
		expect(rensFilnavn(navn)).toBe(vist);
	});

	test('is safe and short whatever comes, and cleaning it again changes nothing', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (navn) => {
				const rent = rensFilnavn(navn);
				expect(rent.length).toBeGreaterThan(0);
				expect(rent.length).toBeLessThanOrEqual(150);
				expect(rent).not.toMatch(/[/\\"*:<>?|\p{Cc}\p{Cf}\p{Cs}]|^\.|^\s|\s$/u);
				expect(rensFilnavn(rent)).toBe(rent);
			}),
			{ numRuns: 300 }
		);
	});

	test('with a fødselsnummer in it is refused, and so is none at all', () => {
		const feil = (navn: string) => v.safeParse(filSkjema, { navn }).issues?.[0]?.message;
		expect(feil('Attest 01815000036.pdf')).toBe('fil_feil_navn_fodselsnummer');
		expect(feil('Attest_01815000036_.pdf')).toBe('fil_feil_navn_fodselsnummer');
		expect(feil(' ')).toBe('fil_feil_navn_mangler');
		expect(feil('Attest.pdf')).toBeUndefined();
	});
});

test('what a file belongs to is written and read back; anything else is refused', () => {
	const koblinger: Kobling[] = [
		{ slag: 'ingen' },
		{ slag: 'samtale', id: ID },
		{ slag: 'mal', kode: 'KLK-001' },
		{ slag: 'aktivitet', id: ID }
	];
	for (const kobling of koblinger) expect(tolkKobling(koblingVerdi(kobling))).toEqual(kobling);
	for (const verdi of ['x', 'samtale:', 'bruker:1', 'mal:a b', `samtale:${ID}${ID}`])
		expect(tolkKobling(verdi)).toBeUndefined();
	expect(v.safeParse(filSkjema, { navn: 'a.pdf', kobling: 'x' }).issues?.[0]?.message).toBe('fil_feil_kobling');
	expect(v.parse(filSkjema, { navn: 'a.pdf', kategori: 'finnes ikke' })).toMatchObject({ kategori: 'annet' });
});

test('the kind that a name promises, and what can be shown', () => {
	for (const endelse of ENDELSER) expect(typeAvNavn(`x.${endelse.toUpperCase()}`)).toBeDefined();
	for (const navn of ['x.svg', 'x.html', 'x.docm', 'x.xlsm', 'x.exe', 'x', 'pdf', 'x.pdf.exe', 'x.doc', 'x.zip'])
		expect(typeAvNavn(navn)).toBeUndefined();
	expect(visning('application/pdf')).toBe('pdf');
	expect(visning('image/png')).toBe('bilde');
	for (const type of ['image/heic', 'text/plain', 'image/svg+xml', null]) expect(visning(type)).toBeNull();
});
