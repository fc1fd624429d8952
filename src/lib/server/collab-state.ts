import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import type { Db } from './db/pool.ts';
import { findCollabDoc, findSnapshot, listRows, type CollabDoc, type CollabRow } from './queries/collab.ts';

/**
 * A document rebuilt from its log, as it stood at `head.headSeq`. The Y.Doc keeps what was deleted (`gc: false`). `snapshotSeq`: the row that the
 * snapshot stands on which it was built from; 0: there was none that held.
 */
export type LoadedDoc = { head: CollabDoc; doc: Y.Doc; snapshotSeq: number };

/** The log does not add up: a row is missing. Nobody may write on such a document. */
export class BrokenLog extends Error {
	override readonly name = 'BrokenLog';
}

/**
 * Loads a document: snapshot if it holds, then the rows after it. Undefined when there is no such document. Throws
 * BrokenLog when the sequence has a hole, and whatever the database throws.
 */
export async function loadDoc(db: Db, id: string): Promise<LoadedDoc | undefined> {
	const head = await findCollabDoc(db, id);
	if (!head) return undefined;
	const doc = new Y.Doc({ gc: false });
	const snapshotSeq = await applySnapshot(db, head, doc);
	await applyRows(db, head, doc, snapshotSeq);
	return { head, doc, snapshotSeq };
}

/** Returns the rows, which are to be those after `from` up to the head. Throws BrokenLog when one is missing. */
export function requireUnbroken(head: Pick<CollabDoc, 'id' | 'headSeq'>, from: number, rows: CollabRow[]): CollabRow[] {
	rows.forEach((row, i) => {
		if (row.seq !== from + 1 + i) throw new BrokenLog(`document ${head.id}: row ${from + 1 + i} is missing`);
	});
	if (from + rows.length !== head.headSeq)
		throw new BrokenLog(`document ${head.id}: rows end at ${from + rows.length}, head is ${head.headSeq}`);
	return rows;
}

/** Replays the rows after `from` up to the head into the doc, in one transact (a transact per row would be quadratic). */
export async function applyRows(
	db: Db,
	head: Pick<CollabDoc, 'id' | 'headSeq'>,
	doc: Y.Doc,
	from: number
): Promise<CollabRow[]> {
	const rows = requireUnbroken(head, from, await listRows(db, head.id, from, head.headSeq));
	doc.transact((tr) => {
		for (const row of rows) Y.applyUpdate(doc, row.upd);
		// Keeps the replica from making clean-up edits of its own (collab.md, «Readers write»).
		tr.local = true;
	}, 'log');
	return rows;
}

async function applySnapshot(db: Db, head: CollabDoc, doc: Y.Doc): Promise<number> {
	const snapshot = await findSnapshot(db, head.id);
	if (!snapshot || snapshot.epoch !== head.epoch || snapshot.seq > head.headSeq) return 0;
	// A cache whose bytes changed is no cache: the log is the truth.
	if (!createHash('sha256').update(snapshot.stateV2).digest().equals(snapshot.stateSha256)) return 0;
	doc.transact((tr) => {
		Y.applyUpdateV2(doc, snapshot.stateV2);
		tr.local = true;
	}, 'log');
	return snapshot.seq;
}
