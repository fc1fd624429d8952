import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSafeHref } from './href.ts';

const SAFE = [
	'https://helsedirektoratet.no',
	'HTTPS://Helsedirektoratet.no/LIS1?a=1&b=2#mål',
	'http://localhost:5173/hjem',
	'https://blåbærkommune.no/plan',
	"https://no.wikipedia.org/wiki/Norge_(land)'s",
	'https://[::1]/x',
	'mailto:lege@kommune.no',
	'mailto:lege@kommune.no?subject=LIS1%20samtale',
	'tel:+4722222222',
	'tel:113',
	'tel:+47(22)22-22-22;ext=4'
];

const UNSAFE = [
	'',
	' ',
	'#',
	'/hjem',
	'hjem',
	'www.example.no',
	'//evil.example',
	'javascript:alert(1)',
	'JAVASCRIPT:alert(1)',
	'java\nscript:alert(1)',
	'java\tscript:alert(1)',
	'\u0000javascript:alert(1)',
	'\u00a0javascript:alert(1)',
	'\u2028javascript:alert(1)',
	'\ufeffjavascript:alert(1)',
	'\u200bjavascript:alert(1)',
	'ｊａｖａｓｃｒｉｐｔ:alert(1)',
	'javascript&#58;alert(1)',
	'&#x6a;avascript:alert(1)',
	'javascript://https://good.example/%0aalert(1)',
	'data:text/html;base64,PHNjcmlwdD4=',
	'vbscript:x',
	'blob:https://a.example/x',
	'file:///etc/passwd',
	'ftp://a.example',
	'https:',
	'https:/evil.example',
	'https:///evil.example',
	'https:\\\\evil.example',
	'https://a.example\\@evil.example',
	'https://:80/',
	'https://%00/',
	'https://a b.example',
	'https://good.example@evil.example',
	'https://user:pw@evil.example',
	'https://evil。example',
	'ｈttps://evil.example',
	'https://a.example/\u202egpj',
	'https://a.example/\u2066x',
	'https://a.example/\ud800',
	'https://a.example/"onmouseover="x',
	'https://a.example/<script>',
	'https://a.example/`',
	'mailto:',
	'mailto:javascript:x@y',
	'mailto:a@b.no?subject=x%0aBcc:c@d.no',
	'tel:',
	'tel:javascript',
	`https://a.example/${'a'.repeat(2048)}`,
	null,
	undefined,
	7,
	['https://a.example'],
	{ toString: () => 'https://a.example' }
];

describe('isSafeHref', () => {
	it.each(SAFE)('allows %j', (href) => expect(isSafeHref(href)).toBe(true));
	it.each(UNSAFE)('refuses %j', (href) => expect(isSafeHref(href)).toBe(false));

	it('allows only what a browser reads as one of the four schemes', { timeout: 60_000 }, () => {
		const scheme = fc.constantFrom('javascript:', 'https://', 'http:', 'mailto:', 'tel:', 'data:', 'Https:/', '//', '');
		const noise = fc.string({ unit: 'binary', maxLength: 12 });
		fc.assert(
			fc.property(noise, scheme, noise, (before, middle, after) => {
				const href = before + middle + after;
				if (isSafeHref(href)) expect(new URL(href).protocol).toMatch(/^(https?|mailto|tel):$/);
			}),
			{ numRuns: 2000 }
		);
	});
});
