import { expect, test } from 'vitest';
import { apneForsegling, forsegl, pidHash } from './hemmelighet.ts';

const KEY = new Uint8Array(32).fill(7);
const OTHER = new Uint8Array(32).fill(8);

test('what was sealed is opened with the same key, purpose and owner, and with nothing else', () => {
	const sealed = forsegl(KEY, 'pid', 'bruker-1', '21868100033');
	expect(apneForsegling(KEY, 'pid', 'bruker-1', sealed)).toBe('21868100033');
	expect(() => apneForsegling(OTHER, 'pid', 'bruker-1', sealed)).toThrow();
	expect(() => apneForsegling(KEY, 'id-token', 'bruker-1', sealed)).toThrow();
	expect(() => apneForsegling(KEY, 'pid', 'bruker-2', sealed)).toThrow();
	for (let i = 0; i < sealed.length; i++) {
		const changed = Buffer.from(sealed);
		changed[i] = (changed[i] ?? 0) ^ 1;
		expect(() => apneForsegling(KEY, 'pid', 'bruker-1', changed)).toThrow();
	}
	expect(() => apneForsegling(KEY, 'pid', 'bruker-1', sealed.subarray(0, 20))).toThrow();
});

test('the same text is never sealed the same way twice', () => {
	expect(forsegl(KEY, 'pid', 'a', 'x').equals(forsegl(KEY, 'pid', 'a', 'x'))).toBe(false);
});

test('a pid is found by its hash, which without the key says nothing', () => {
	expect(pidHash(KEY, '21868100033')).toEqual(pidHash(KEY, '21868100033'));
	expect(pidHash(KEY, '21868100033')).not.toEqual(pidHash(OTHER, '21868100033'));
	expect(pidHash(KEY, '21868100033')).not.toEqual(pidHash(KEY, '21868100034'));
});
