import * as Y from 'yjs';
import { canonicalJson, toJson } from '#lib/collab/render.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { findSnapshotRow, LogRow } from '../queries/verify.ts';
import { Broken } from './broken.ts';
import { sha256 } from './chain.ts';

type SnapshotRow = NonNullable<Awaited<ReturnType<typeof findSnapshotRow>>>;

/** What people see of both parts. */
export function rendering(doc: Y.Doc): string {
	return canonicalJson(ROOTS.map((root) => toJson(doc, root)));
}

/**
 * Compares a snapshot with the document that the log makes up to its row.
 * @throws Broken when they are not the same
 */
export function checkSnapshot(snapshot: SnapshotRow, replayed: Y.Doc, at: LogRow): void {
	if (!sha256(snapshot.state_v2).equals(snapshot.state_sha256))
		throw new Broken(`snapshot at row ${at.seq}: its bytes are not those that were hashed`);
	if (!snapshot.head_hash.equals(at.hash) || snapshot.epoch !== at.epoch)
		throw new Broken(`snapshot at row ${at.seq}: it does not stand on that row`);
	const stored = new Y.Doc({ gc: false });
	Y.applyUpdateV2(stored, snapshot.state_v2);
	const same =
		Y.equalSnapshots(Y.snapshot(stored), Y.snapshot(replayed)) &&
		Buffer.from(Y.encodeStateVector(stored)).equals(snapshot.sv) &&
		rendering(stored) === rendering(replayed);
	if (!same) throw new Broken(`snapshot at row ${at.seq}: it is not what the log makes`);
}
