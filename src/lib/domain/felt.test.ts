import { expect, test } from 'vitest';
import { erEpost, erNavn } from './felt.ts';

test.each(['Kari Nordby', 'Áile Somby', "O'Brien Jr.", 'Anne-Grethe Ødegård', '王小明'])('%s is a name', (navn) => {
	expect(erNavn(navn)).toBe(true);
});
test.each(['', ' ', '.', '1', 'www.ond.no/x', 'Kari <b>', 'Kari\nBcc: x', 'https://ond.no', 'a@b.no', 'a'.repeat(101)])(
	'«%s» is none',
	(navn) => {
		expect(erNavn(navn)).toBe(false);
	}
);

test.each(['kari@example.no', 'kari.nordby+lis@legekontor.kommune.no', 'k@blåbær.no'])('%s is an address', (epost) => {
	expect(erEpost(epost)).toBe(true);
});
test.each([
	...['', 'kari', 'kari@', '@example.no', 'kari@example', 'kari nordby@example.no', 'a@b.no,c@d.no', 'a@b.no;c@d.no'],
	...['Kari <kari@example.no>', 'kari@example.no\r\nBcc: x@y.no', '"a b"@example.no', `${'a'.repeat(65)}@example.no`]
])('«%s» is none', (epost) => {
	expect(erEpost(epost)).toBe(false);
});
