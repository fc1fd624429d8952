import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { LIMITS } from '#lib/collab/limits.ts';
import type { Connection } from './connection.ts';
import { deriveAll, type Court } from './judge.ts';
import type { UpdateItem } from './queue.ts';
import { Typing } from './typing.ts';
import { decodeUpdate } from './validate/decode.ts';
import { baseDoc } from './validate/hostile.ts';
import { DocMeter } from './validate/meter.ts';
import * as w from './validate/test-support.ts';

const KARI = 7;

test('a document stays within its size however much comes at once', () => {
	const doc = w.serverDoc(Y.encodeStateAsUpdate(baseDoc()));
	const closed: number[] = [];
	const conn = {
		...{ id: 'a', userId: 'kari', refused: false, newClients: new Set(), charge: () => undefined },
		rights: { canWrite: true, accessVersion: 1, actor: { brukerId: 'kari' }, okt: { id: 'o' } }
	} as unknown as Connection;
	const court: Court = {
		replica: { doc, typing: new Typing(), meter: new DocMeter(doc), owners: new Map([[KARI, 'kari']]) },
		...{ ascertain: () => undefined, later: () => undefined },
		refuse: (of, code) => {
			closed.push(code);
			of.refused = true;
		}
	};
	let clock = 0;
	const text = (length: number): UpdateItem => {
		const where = clock === 0 ? { parent: [1, 13] as const } : { origin: [KARI, clock - 1] as const };
		const bytes = w.update([w.section(KARI, clock, w.item(where, w.text('x'.repeat(length))))]);
		clock += length;
		const decoded = decodeUpdate(bytes);
		if (!decoded.ok) throw new Error(decoded.detail);
		return { kind: 'update', conn, bytes, update: decoded.update, step2: false };
	};
	deriveAll(court, [text(1)]);
	deriveAll(
		court,
		Array.from({ length: 100 }, () => text(60 * 1024))
	);
	expect(closed).toEqual([CLOSE.tooLarge]);
	const { length } = Y.encodeStateAsUpdate(doc);
	expect(length).toBeGreaterThan(LIMITS.documentBytes * 0.9);
	expect(length).toBeLessThanOrEqual(LIMITS.documentBytes);
});
