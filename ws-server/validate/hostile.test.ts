import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { baseDoc, HOSTILE } from './hostile.ts';
import { judge } from './test-support.ts';

describe('hostile updates', () => {
	it('are many, and each has its own name', () => {
		expect(new Set(HOSTILE.map(({ name }) => name)).size).toBe(HOSTILE.length);
		expect(HOSTILE.length).toBeGreaterThan(120);
	});

	it.each(HOSTILE)('$name: $fault', ({ bytes, fault }) => {
		const doc = baseDoc();
		const before = Y.encodeStateAsUpdate(doc);
		expect(judge(doc, bytes)).toMatchObject({ ok: false, fault });
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
		expect([...doc.share.keys()]).toEqual(['forberedelse', 'referat']);
	});

	it('never tell the log what the client wrote', () => {
		for (const { bytes } of HOSTILE) {
			const verdict = judge(baseDoc(), bytes);
			expect(verdict.ok ? '' : verdict.detail).toMatch(/^[a-zA-Z0-9 ,-]+$/);
		}
	});
});
