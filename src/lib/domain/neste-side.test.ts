import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tryggNeste } from './neste-side.ts';

/** Hundreds of tries, on a machine that does other things too. Milliseconds. */
const PROPERTY_MS = 60_000;

describe('tryggNeste', () => {
	test.each([
		'/hjem',
		'/veiledning/8a0f0a4e-0000-4000-8000-000000000000?fane=aktive#topp',
		'/samtaler/x?next=https://ond.example',
		'/katalog/%C3%A6',
		'/'
	])('goes on to «%s»', (next) => {
		expect(tryggNeste(next)).toBe(next);
	});

	test.each([
		...['', ' ', '/logg-inn', '/logg-inn?next=/hjem', '/logg-ut', '/./logg-ut', 'hjem', '?x', '#x', '.', '..'],
		...['https://ond.example', 'http:ond.example', 'https:/ond.example', 'HTTPS://ond.example', 'ftp://ond.example'],
		...['//ond.example', '///ond.example', '////ond.example', '/\\ond.example', '\\\\ond.example', '\\/ond.example'],
		...[
			'/\t/ond.example',
			'/\n/ond.example',
			'\t//ond.example',
			'/\r\n//ond.example',
			'\u0000//ond.example',
			'/\u0000'
		],
		...['/.//ond.example', '/..//ond.example', '/%2e//ond.example', '/%2E%2e//ond.example', '/x/..//ond.example'],
		...[
			'/x/%2e%2e//ond.example',
			'/./\\ond.example',
			'/hjem\\..\\..\\ond.example',
			' //ond.example',
			'\u00a0//ond.example'
		],
		...[
			'javascript:alert(1)',
			'JaVaScRiPt:alert(1)',
			'java\nscript:alert(1)',
			'data:text/html,x',
			'vbscript:x',
			'blob:x'
		],
		...[
			'@ond.example',
			'.ond.example',
			':80',
			'portal.invalid@ond.example',
			'//portal.invalid',
			'http://portal.invalid/hjem'
		],
		...['http://portal.invalid@ond.example/', '/hjem\r\nSet-Cookie: a=b', '/hjem\u0085x', `/${'a'.repeat(2000)}`],
		...['／／ond.example', '/\u2028/..//ond.example']
	])('sends «%j» to Hjem', (next) => {
		expect(tryggNeste(next)).toBe('/hjem');
	});

	test('sends nothing to Hjem', () => {
		expect(tryggNeste(null)).toBe('/hjem');
		expect(tryggNeste(undefined)).toBe('/hjem');
	});

	test(
		'never leaves the portal, and never gives a header more than one line',
		() => {
			const part = fc.constantFrom(
				'/',
				'\\',
				'.',
				'..',
				'%2e',
				'%2f',
				'%5c',
				'@',
				':',
				'?',
				'#',
				'\t',
				'\n',
				'ond.example',
				'logg-inn',
				'æ',
				' '
			);
			fc.assert(
				fc.property(fc.array(fc.oneof(part, fc.string({ unit: 'binary' })), { maxLength: 12 }), (parts) => {
					const next = tryggNeste(parts.join(''));
					for (const base of ['https://lis.kommune.example/logg-inn', 'http://localhost:3000/'])
						expect(new URL(next, base).origin).toBe(new URL(base).origin);
					expect(next).toMatch(/^\/(?!\/)[\x21-\x7e]*$/);
					expect(tryggNeste(next)).toBe(next);
				}),
				{ numRuns: 500 }
			);
		},
		PROPERTY_MS
	);
});
