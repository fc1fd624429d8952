import { expect, test } from 'vitest';
import { UbrukeligEpost } from './brev.ts';
import { forklar, nesteForsok, utfallAv } from './svar.ts';

const smtp = (felt: { code: string; command?: string; responseCode?: number; response?: string }): Error =>
	Object.assign(new Error('said something'), felt);

test.each([
	['the receiver is refused', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, 'aldri'],
	['the content is refused', { code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, 'aldri'],
	['the receiver later', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, 'senere'],
	['the content later', { code: 'EMESSAGE', command: 'DATA', responseCode: 452 }, 'senere'],
	['service closing', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 421 }, 'borte'],
	['we may not send at all', { code: 'EENVELOPE', command: 'MAIL FROM', responseCode: 550 }, 'borte'],
	['our password is wrong', { code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, 'borte'],
	['no greeting', { code: 'ECONNECTION', command: 'CONN', responseCode: 554 }, 'borte'],
	['nobody there', { code: 'ESOCKET', command: 'CONN' }, 'borte'],
	['it hangs', { code: 'ETIMEDOUT', command: 'CONN' }, 'borte'],
	['it hung up after the content', { code: 'ECONNECTION', command: 'DATA' }, 'borte'],
	['an address that no server knows how to take', { code: 'EENVELOPE', command: 'API' }, 'aldri']
] as const)('%s', (_navn, felt, utfall) => {
	expect(utfallAv(smtp(felt))).toBe(utfall);
});

test('a fault of our own is tried again; a mail that cannot be is given up', () => {
	expect(utfallAv(new TypeError('x'))).toBe('senere');
	expect(utfallAv(new UbrukeligEpost('x'))).toBe('aldri');
});

test('what is kept of an answer names nobody, leads nowhere, is one short line', () => {
	const said = (response: string): string => forklar(smtp({ code: 'EENVELOPE', response }));
	expect(said('550 5.1.1 <kari@example.no>: no such user "kari@example.no"')).toBe(
		'550 5.1.1 [adresse] no such user [adresse]'
	);
	expect(said('550-first\r\n550 second\u0000')).toBe('550-first 550 second');
	expect(said('554 see https://smtp.example/kari/abc')).toBe('554 see [lenke]');
	expect(said('550 patient 010190 12345 unknown')).not.toContain('12345');
	expect(said('x'.repeat(1_000))).toHaveLength(300);
	expect(forklar(smtp({ code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED: said something');
	expect(forklar(new Error('secret of ours'))).toBe('the mail could not be written');
});

test('the attempts stand close at first and end after two days', () => {
	let now = new Date(0);
	const waits: number[] = [];
	for (let forsok = 1, neste = nesteForsok(1, now); neste; neste = nesteForsok(++forsok, now)) {
		waits.push((neste.getTime() - now.getTime()) / 60_000);
		now = neste;
	}
	expect(waits.slice(0, 4)).toEqual([1, 5, 15, 60]);
	expect(now.getTime() / 3_600_000).toBeGreaterThan(48);
	expect(now.getTime() / 3_600_000).toBeLessThan(57);
});
