import { expect, test } from 'vitest';
import { tilCsv } from './csv.ts';

const celle = (tekst: string) => tilCsv([[tekst]]).slice(1, -2);

test('begins with a byte order mark, parts cells by semicolons and lines by CR LF', () => {
	expect(
		tilCsv([
			['a', 'æ'],
			['1,5', '']
		])
	).toBe('\ufeffa;æ\r\n1,5;\r\n');
});

test.each([
	['=1+1', "'=1+1"],
	['+47', "'+47"],
	['-2', "'-2"],
	['@SUM(A1)', "'@SUM(A1)"],
	['\t=1', "'\t=1"],
	['=HYPERLINK("http://x";"y")', '"\'=HYPERLINK(""http://x"";""y"")"'],
	['a=1', 'a=1']
])('a cell that begins as a formula is text: %j', (inn, ut) => {
	expect(celle(inn)).toBe(ut);
});

test.each([
	['a;b', '"a;b"'],
	['sa «"nei"»', '"sa «""nei""»"'],
	['to\nlinjer', '"to\nlinjer"'],
	['Áile Ŋøstvold', 'Áile Ŋøstvold']
])('what would break a row is quoted: %j', (inn, ut) => {
	expect(celle(inn)).toBe(ut);
});
