import { expect, test } from 'vitest';
import { erEpostadresse } from './epostadresse.ts';

test.each(['kari@example.no', "o'neil+lis@example.co.uk", 'åse@blåbær.no', 'a@localhost'])(
	'%j is an address',
	(adresse) => {
		expect(erEpostadresse(adresse)).toBe(true);
	}
);

test.each([
	'',
	'kari',
	'@example.no',
	'a@b@c.no',
	'a@b.no,c@d.no',
	'a@b.no;c@d.no',
	'Kari <a@b.no>',
	'"a b"@c.no',
	'a@b.no\r\nBcc: c@d.no',
	'a@b.no\u202e',
	'a\u0000@b.no',
	'a @b.no',
	'a@[127.0.0.1]',
	`${'a'.repeat(250)}@b.no`
])('%j is not', (adresse) => {
	expect(erEpostadresse(adresse)).toBe(false);
});
