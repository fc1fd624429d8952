import type * as Argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';
import { expect, test, vi } from 'vitest';
import { hashPassord, sjekkPassord } from './passord.ts';

let running = 0;
let most = 0;

vi.mock('@node-rs/argon2', async (original) => {
	const argon2 = await original<typeof Argon2>();
	return {
		...argon2,
		verify: vi.fn(async (...args: Parameters<typeof argon2.verify>) => {
			most = Math.max(most, ++running);
			try {
				return await argon2.verify(...args);
			} finally {
				running--;
			}
		})
	};
});

test('hashes are argon2id with 19 MiB, two passes, one lane, and never the same twice', async () => {
	const [first, second] = await Promise.all([hashPassord('passord'), hashPassord('passord')]);
	expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(first).not.toBe(second);
	expect(await sjekkPassord(first, 'passord')).toBe(true);
	expect(await sjekkPassord(first, 'Passord')).toBe(false);
});

test('without a stored hash nothing is right, and the work is done all the same', async () => {
	vi.mocked(verify).mockClear();
	for (const stored of [null, undefined]) expect(await sjekkPassord(stored, 'passord')).toBe(false);
	expect(verify).toHaveBeenCalledTimes(2);
});

test('at most four are worked on at once, and one that throws gives its place back', async () => {
	most = 0;
	const broken = Array.from({ length: 6 }, () => sjekkPassord('ingen hash', 'x').catch(() => 'broken'));
	const whole = Array.from({ length: 8 }, () => sjekkPassord(null, 'x'));
	expect(await Promise.all(broken)).toEqual(Array.from({ length: 6 }, () => 'broken'));
	expect(await Promise.all(whole)).toEqual(Array.from({ length: 8 }, () => false));
	expect(most).toBe(4);
});
