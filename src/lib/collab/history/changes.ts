import * as Y from 'yjs';
import type { UnitRange } from './run.ts';

/** What one row changed, at the moment when it was applied. */
export type Changes = {
	inserted: UnitRange[];
	/** Also what the row itself inserted. */
	deleted: UnitRange[];
	/** The items that the row inserted, in the order in which they were made; some may be deleted already. */
	born: Y.Item[];
	/** The items that stood before the row and that it deleted. */
	died: Y.Item[];
};

/** Reads a transaction before Yjs joins its items with others. */
export function changesOf(tr: Y.Transaction): Changes {
	const changes: Changes = { inserted: [], deleted: [], born: [], died: [] };
	for (const [client, end] of tr.afterState) {
		const clock = tr.beforeState.get(client) ?? 0;
		if (end === clock) continue;
		changes.inserted.push({ client, clock, len: end - clock });
		changes.born.push(...itemsIn(tr.doc, client, clock, end));
	}
	for (const [client, ranges] of tr.deleteSet.clients) {
		const before = tr.beforeState.get(client) ?? 0;
		for (const { clock, len } of ranges) {
			changes.deleted.push({ client, clock, len });
			changes.died.push(...itemsIn(tr.doc, client, clock, Math.min(before, clock + len)));
		}
	}
	return changes;
}

function* itemsIn(doc: Y.Doc, client: number, clock: number, end: number): Generator<Y.Item> {
	const structs = doc.store.clients.get(client);
	if (structs === undefined || clock >= end) return;
	for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
		const struct = structs[i] as Y.Item | Y.GC;
		if (struct.id.clock >= end) return;
		if (struct instanceof Y.Item) yield struct;
	}
}
