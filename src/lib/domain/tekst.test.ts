import { expect, test } from 'vitest';
import { erId } from './id.ts';
import { erTryggLinje, erTryggTekst } from './tekst.ts';

test.each(['Áile Somby', 'Per Ødegård', 'šđŋŧž', 'Ł. O’Brien-Strøm', '李', '😀', 'a\u00a0b', ''])(
	'«%s» is safe',
	(text) => {
		expect(erTryggLinje(text)).toBe(true);
		expect(erTryggTekst(text)).toBe(true);
	}
);

test.each([
	...['\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\u200b', '\u200e', '\u200f', '\u202a', '\u202e'],
	...['\u2060', '\u2066', '\u2069', '\ufeff', '\ud800', '\udc00', 'a\ud83d', '\r']
])('%j deceives or breaks', (text) => {
	expect(erTryggLinje(`Kari ${text} Nordby`)).toBe(false);
	expect(erTryggTekst(`Kari ${text} Nordby`)).toBe(false);
});

test('a text may have lines and tabs, a line may not', () => {
	expect(erTryggTekst('a\n\tb')).toBe(true);
	expect(erTryggLinje('a\nb')).toBe(false);
	expect(erTryggLinje('a\tb')).toBe(false);
});

test.each([
	['8a0f0a4e-0000-4000-8000-00000000000f', true],
	['8A0F0A4E-0000-4000-8000-00000000000F', false],
	['8a0f0a4e000040008000000000000000', false],
	['{8a0f0a4e-0000-4000-8000-000000000000}', false],
	['8a0f0a4e-0000-4000-8000-000000000000\n', false],
	["8a0f0a4e-0000-4000-8000-000000000000' or 1=1", false],
	['', false]
])('erId(%j) is %s', (text, answer) => {
	expect(erId(text)).toBe(answer);
});
