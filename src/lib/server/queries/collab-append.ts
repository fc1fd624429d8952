import { sql, type Db } from '../db/pool.ts';

/** One row to append: one connection's delta of one turn. */
export type AppendRow = {
	userId: string;
	sessionId: string;
	connId: string;
	/** The document's access_version at which this connection's rights were decided. */
	access: number;
	kind: 'edit' | 'normalise';
	upd: Uint8Array;
	/** ClientIDs of new structs in `upd`. */
	clients: number[];
};

/** One document's batch, derived from the state at `head`. */
export type AppendDoc = { id: string; head: number; epoch: number; rows: AppendRow[] };

export type AppendResult = {
	docId: string;
	/** `locked`: another node writes to it just now, and it was asked not to wait. */
	outcome: 'ok' | 'behind' | 'stale' | 'closing' | 'closed' | 'refused' | 'locked';
	headSeq: number;
	accessVersion: number;
	/** With `refused`: the places in this document's `rows` whose clientID is another person's. */
	refused: number[];
};

/**
 * Appends all documents of a turn in one call (group commit). Answers per document; never throws for one document's fault.
 * A thrown error means that the outcome is unknown: reload from the log.
 *
 * @param atUs the time of the rows, microseconds since 1970
 * @param wait whether to wait for documents that others write to; otherwise they are answered `locked`
 */
export async function appendBatches(db: Db, docs: AppendDoc[], atUs: number, wait = true): Promise<AppendResult[]> {
	const rows = docs.flatMap((doc, i) => doc.rows.map((row, place) => ({ row, doc: i + 1, place })));
	const clients = rows.flatMap(({ row }, i) => row.clients.map((id) => ({ row: i + 1, id })));
	const result = await sql<{
		doc_id: string;
		outcome: AppendResult['outcome'];
		head_seq: number | null;
		access_version: number | null;
		refused: number[] | null;
	}>`
		select * from collab_append(
			${docs.map((doc) => doc.id)}::uuid[], ${docs.map((doc) => doc.head)}::bigint[], ${docs.map((doc) => doc.epoch)}::integer[], ${atUs}::bigint,
			${rows.map((r) => r.doc)}::integer[], ${rows.map((r) => r.row.userId)}::uuid[], ${rows.map((r) => r.row.sessionId)}::uuid[],
			${rows.map((r) => r.row.connId)}::uuid[], ${rows.map((r) => r.row.access)}::integer[], ${rows.map((r) => r.row.kind)}::text[],
			${rows.map((r) => Buffer.from(r.row.upd))}::bytea[],
			${clients.map((c) => c.row)}::integer[], ${clients.map((c) => c.id)}::bigint[], ${wait}
		)`.execute(db);
	return result.rows.map((answer) => ({
		docId: answer.doc_id,
		outcome: answer.outcome,
		headSeq: answer.head_seq ?? 0,
		accessVersion: answer.access_version ?? 0,
		refused: (answer.refused ?? []).flatMap((number) => rows[number - 1]?.place ?? [])
	}));
}
