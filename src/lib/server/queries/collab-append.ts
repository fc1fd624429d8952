import type { Db } from '../db/pool.ts';
import { prepared } from '../db/prepared.ts';

/** One row to append: one connection's delta of one turn. */
export type AppendRow = {
	userId: string;
	sessionId: string;
	connId: string;
	/** The document's access_version at which this connection's rights were decided. */
	access: number;
	kind: 'edit' | 'normalise';
	upd: Uint8Array;
	/** ClientIDs of new structs in `upd` that are not known to be bound to the person yet: a binding is for ever. */
	clients: number[];
};

/** One document's batch, derived from the state at `head`. */
export type AppendDoc = { id: string; head: number; epoch: number; rows: AppendRow[] };

export type AppendResult = {
	docId: string;
	/** `locked`: another node writes to it just now, and it was asked not to wait. */
	outcome: 'ok' | 'behind' | 'stale' | 'closing' | 'closed' | 'refused' | 'locked';
	/** Of the last row of the batch, where it was written. */
	headSeq: number;
	/** With `refused`: the places in this document's `rows` whose clientID is another person's. */
	refused: number[];
};

type Answer = { doc_id: string; outcome: Exclude<AppendResult['outcome'], 'ok'>; refused: number[] | null };
const collabAppend = prepared<Answer>(
	'collab_append',
	`select * from collab_append(
		$1::uuid[], $2::bigint[], $3::integer[], $4::integer[], $5::integer[], $6::bigint,
		$7::uuid[], $8::uuid[], $9::uuid[], $10::integer[], $11::text[], $12::bytea, $13::integer[],
		$14::integer[], $15::bigint[], $16::boolean)`
);

/**
 * Appends all documents of a turn in one call (group commit). Answers per document; never throws for one document's fault.
 * A thrown error means that the outcome is unknown: reload from the log.
 *
 * @param atUs the time of the rows, microseconds since 1970
 * @param wait whether to wait for documents that others write to; otherwise they are answered `locked`
 */
export async function appendBatches(db: Db, docs: AppendDoc[], atUs: number, wait = true): Promise<AppendResult[]> {
	const rows = docs.flatMap((doc) => doc.rows);
	const clients = rows.flatMap((row, i) => row.clients.map((id) => ({ row: i + 1, id })));
	const first: number[] = [];
	for (let i = 0, next = 1; i < docs.length; next += docs[i++]?.rows.length ?? 0) first.push(next);
	const answers = await db.executeQuery(
		collabAppend([
			...[array(docs, (doc) => doc.id), array(docs, (doc) => doc.head), array(docs, (doc) => doc.epoch)],
			...[array(first), array(docs, (doc) => doc.rows.length), atUs],
			...[array(rows, (row) => row.userId), array(rows, (row) => row.sessionId), array(rows, (row) => row.connId)],
			...[array(rows, (row) => row.access), array(rows, (row) => row.kind)],
			...[Buffer.concat(rows.map((row) => row.upd)), array(rows, (row) => row.upd.length)],
			...[array(clients, (client) => client.row), array(clients, (client) => client.id), wait]
		])
	);
	// Only what was not written is spoken of.
	const faults = new Map(answers.rows.map((answer) => [answer.doc_id, answer]));
	return docs.map(({ id, head, rows: own }, i) => {
		const fault = faults.get(id);
		return {
			docId: id,
			outcome: fault?.outcome ?? 'ok',
			headSeq: head + own.length,
			refused: (fault?.refused ?? []).map((number) => number - (first[i] ?? 1))
		};
	});
}

/** What needs no quoting in an array of PostgreSQL's, written at once: the driver looks at every character of every element. */
function array<T extends object | number>(of: readonly T[], value: (each: T) => string | number = Number): string {
	return `{${of.map(value).join(',')}}`;
}
