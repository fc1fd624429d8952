import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { canonicalJson, toJson } from '#lib/collab/render.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { findCollabDoc, listRows } from '#lib/server/queries/collab.ts';

/** What people see of a document, as one string. */
export function rendered(doc: Y.Doc): string {
	return canonicalJson(ROOTS.map((root) => toJson(doc, root)));
}

/**
 * The document as its log alone makes it, row by row. The replica writes no clean-ups of its own (collab.md, «Readers write»): they are
 * in no log, and a mark that seems needless between two rows can be needed after the next; people would see something else.
 */
export async function replay(db: Db, docId: string): Promise<Y.Doc> {
	const head = await findCollabDoc(db, docId);
	return replayRows(await listRows(db, docId, 0, head?.headSeq ?? 0)).doc;
}

/** `idle`: the rows that bring nothing which those before do not hold: they would be another row's once more. */
function replayRows(rows: readonly { seq: number; upd: Uint8Array }[]): { doc: Y.Doc; idle: number[] } {
	const doc = new Y.Doc({ gc: false });
	let updates = 0;
	doc.on('update', () => (updates += 1));
	const idle = rows.filter(({ upd }) => {
		const before = updates;
		doc.transact((tr) => {
			Y.applyUpdate(doc, upd);
			tr.local = true;
		});
		return updates === before;
	});
	return { doc, idle: idle.map(({ seq }) => seq) };
}

/**
 * Checks a document's log from the outside: sequence without a hole, chain of hashes recomputed here (not by the database's own
 * function), head equal to the last row, each row bringing something, nothing pending after replay. Returns the faults found.
 */
export async function faultsOfLog(db: Db, docId: string): Promise<string[]> {
	const rows = await db.selectFrom('collab_update').selectAll().where('doc_id', '=', docId).orderBy('seq').execute();
	const head = await findCollabDoc(db, docId);
	const faults: string[] = [];
	let prev = Buffer.alloc(32);
	rows.forEach((row, i) => {
		if (row.seq !== i + 1) faults.push(`row ${i + 1} has seq ${row.seq}`);
		const sha = createHash('sha256').update(row.upd).digest();
		if (!sha.equals(row.upd_sha256)) faults.push(`row ${row.seq}: bytes`);
		prev = createHash('sha256')
			.update(
				Buffer.concat([Buffer.from([1]), prev, uuid(row.doc_id), int8(row.seq), int4(row.epoch), uuid(row.user_id)])
			)
			.update(Buffer.concat([optional(row.session_id), optional(row.conn_id), int8(row.at_us)]))
			.update(Buffer.concat([int4(row.kind.length), Buffer.from(row.kind), sha]))
			.digest();
		if (!prev.equals(row.hash)) faults.push(`row ${row.seq}: hash`);
	});
	if (head?.headSeq !== rows.length) faults.push(`head ${head?.headSeq}, rows ${rows.length}`);
	if (!head?.headHash.equals(prev)) faults.push('head hash');
	const { doc, idle } = replayRows(rows);
	// The first row is the empty document.
	for (const seq of idle) if (seq > 1) faults.push(`row ${seq} brings nothing`);
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) faults.push('replay leaves something pending');
	return faults;
}

function uuid(id: string): Buffer {
	return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function optional(id: string | null): Buffer {
	return id === null ? Buffer.from([0]) : Buffer.concat([Buffer.from([1]), uuid(id)]);
}

function int8(value: number): Buffer {
	const buffer = Buffer.alloc(8);
	buffer.writeBigInt64BE(BigInt(value));
	return buffer;
}

function int4(value: number): Buffer {
	const buffer = Buffer.alloc(4);
	buffer.writeInt32BE(value);
	return buffer;
}
