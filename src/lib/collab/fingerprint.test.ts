import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';
import { fingerprint, SCHEMA_FINGERPRINT } from './fingerprint.ts';

describe('the schema’s fingerprint', () => {
	it('changes only when somebody means it: whoever changes the schema changes this line, and SCHEMA_VERSION with it', () => {
		expect(SCHEMA_FINGERPRINT).toBe('cb66693acfb8f016');
	});

	it('is the beginning of a SHA-256', () => {
		const whole = createHash('sha256').update('{"a":"ø"}').digest('hex');
		expect(fingerprint({ a: 'ø' })).toBe(whole.slice(0, 16));
	});
});

describe('canonicalJson', () => {
	it('sorts keys at every depth and leaves arrays in order', () => {
		expect(canonicalJson({ b: [{ d: 1, c: -0 }, 2], a: null, å: 'x"' })).toBe(
			'{"a":null,"b":[{"c":0,"d":1},2],"å":"x\\""}'
		);
	});

	it('says the same whatever the order of keys, and can be read back', { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
				const text = canonicalJson(value);
				expect(canonicalJson(reversed(value))).toBe(text);
				expect(canonicalJson(JSON.parse(text))).toBe(text);
			})
		);
	});

	it.each([undefined, NaN, Infinity, 1n, () => 1, Symbol('x')])('refuses %s, at any depth', (value) => {
		expect(() => canonicalJson({ a: [value] })).toThrow(TypeError);
	});
});

function reversed(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(reversed);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, each]) => [key, reversed(each)])
	);
}
