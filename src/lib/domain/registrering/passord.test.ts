import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PASSORD_MAKS, passordFeil } from './passord.ts';

const EGNE = ['Kari Nordby', 'kari.nordby', 'kari@legekontoret.no'];

test.each(['kort', 'elleve-tegn', '🐴🐴🐴'])('%s is too short', (passord) => {
	expect(passordFeil(passord, EGNE)).toBe('registrering_feil_passord_kort');
});

test.each([
	...[
		'passord123456',
		'Passord2026!!',
		'password12345',
		'P@ssw0rd12345',
		'qwertyuiop12',
		'1234567890123',
		'aaaaaaaaaaaa'
	],
	...['sommer2026sommer', 'Velkommen2026!', 'liskommune2026', 'HelseID-passord1', 'iloveyou1234', 'demo-passord-2026'],
	...[
		'abcdefghijkl',
		'zxcvbnmasdfg',
		'kari.nordby.2026',
		'Nordby123456789',
		'correct horse battery staple',
		'0987654321098'
	]
])('%s is what others try first', (passord) => {
	expect(passordFeil(passord, EGNE)).toBe('registrering_feil_passord_vanlig');
});

test.each([
	...[
		'blå elg spiser tyttebær',
		'Xk7#mQ9$vL2p',
		'krabbefangst i regnvær',
		'tordenvær på Hitra 1987',
		'åtte sure sitroner'
	],
	...['fjellrypa sov lenge', 'jvqzkwpxgybu', 'yngve kjøpte snøfreser']
])('%s can be used', (passord) => {
	expect(passordFeil(passord, EGNE)).toBeUndefined();
});

test('long ones can be used, up to a bound', () => {
	const langt = 'tyttebær og multe, '.repeat(20);
	expect(passordFeil(langt.slice(0, 128), [])).toBeUndefined();
	expect(passordFeil(langt.slice(0, PASSORD_MAKS), [])).toBeUndefined();
	expect(passordFeil(langt.slice(0, PASSORD_MAKS + 1), [])).toBe('registrering_feil_passord_langt');
});

test('random ones of sixteen letters are not taken for common', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 16, maxLength: 16 }), (tall) => {
			fc.pre(new Set(tall).size >= 11);
			expect(passordFeil(tall.map((n) => String.fromCharCode(97 + n)).join(''), [])).toBeUndefined();
		}),
		{ numRuns: 300, seed: 4 }
	);
});
