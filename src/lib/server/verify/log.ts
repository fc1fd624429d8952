import * as Y from 'yjs';
import { Broken } from './broken.ts';
import { GENESIS, rowHash, sha256 } from './chain.ts';
import type { Db } from '../db/pool.ts';
import { findDocRow, findSnapshotRow, listLogRows, type LogRow } from '../queries/verify.ts';
import { listClients } from '../queries/collab.ts';
import { checkSnapshot } from './snapshot.ts';

/** What a log makes: its last row and the document. */
export type Verified = { head: NonNullable<Awaited<ReturnType<typeof findDocRow>>>; doc: Y.Doc; rows: number };

/** Rows read at once: constant memory for logs of any length. */
const PAGE = 2_000;

/**
 * Recomputes a document's chain from the first row, replays it, and checks head, authors and snapshot against it.
 * @throws Broken at the first row that does not hold
 */
export async function verifyLog(db: Db, id: string): Promise<Verified> {
	const head = await findDocRow(db, id);
	if (!head) throw new Broken('the document is gone');
	const owners = await listClients(db, id);
	const snapshot = await findSnapshotRow(db, id);
	const doc = new Y.Doc({ gc: false });
	let prev: Buffer = GENESIS;
	let seq = 0;
	let epoch = 1;
	for (;;) {
		const rows = await listLogRows(db, id, seq, PAGE);
		if (rows.length === 0) break;
		for (const row of rows) {
			seq += 1;
			if (row.seq !== seq) throw new Broken(`row ${seq} is missing`);
			if (row.epoch < epoch || row.epoch > head.epoch) throw new Broken(`row ${seq}: epoch ${row.epoch}`);
			epoch = row.epoch;
			if (!sha256(row.upd).equals(row.upd_sha256))
				throw new Broken(`row ${seq}: its bytes are not those that were hashed`);
			prev = rowHash(prev, row);
			if (!prev.equals(row.hash))
				throw new Broken(`row ${seq}: its hash does not follow from the row before and its columns`);
			checkAuthor(row, owners);
		}
		applyUntil(doc, rows, snapshot?.seq, (at) => snapshot && checkSnapshot(snapshot, doc, at));
	}
	if (head.head_seq !== seq) throw new Broken(`the head names row ${head.head_seq}, the log ends at ${seq}`);
	if (!head.head_hash.equals(prev)) throw new Broken(`the head's hash is not that of row ${seq}`);
	if (snapshot && (snapshot.seq > seq || snapshot.seq < 1))
		throw new Broken(`the snapshot stands on row ${snapshot.seq}, which is not there`);
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
		throw new Broken('the rows do not make a whole document');
	return { head, doc, rows: seq };
}

/** Every clientID in an edit belongs to the person whom the row names. */
function checkAuthor(row: LogRow, owners: Map<number, string>): void {
	if (row.kind === 'init') return;
	for (const { id } of Y.decodeUpdate(row.upd).structs) {
		if (owners.get(id.client) !== row.user_id)
			throw new Broken(`row ${row.seq}: clientID ${id.client} is not bound to its author`);
	}
}

/** Applies a page of rows, stopping at the snapshot's row to compare. */
function applyUntil(doc: Y.Doc, rows: LogRow[], stop: number | undefined, compare: (at: LogRow) => void): void {
	const at = rows.findIndex((row) => row.seq === stop);
	const parts = at < 0 ? [rows] : [rows.slice(0, at + 1), rows.slice(at + 1)];
	parts.forEach((part, i) => {
		doc.transact((tr) => {
			for (const row of part) Y.applyUpdate(doc, row.upd);
			tr.local = true;
		});
		const row = rows[at];
		if (i === 0 && row) compare(row);
	});
}
