import { sql, type Db } from '../db/pool.ts';

/** Everything that the portal asks of the co-editing tables; writes go through the SQL functions of migrations/0003 only. */

export type CollabDoc = {
	id: string;
	epoch: number;
	schemaVersion: number;
	state: 'open' | 'closing' | 'final' | 'cancelled';
	headSeq: number;
	headHash: Buffer;
	accessVersion: number;
	/** While closing: when that began and when it lapses. */
	closingAt: Date | null;
	closingUntil: Date | null;
};
export type CollabRow = {
	seq: number;
	userId: string;
	connId: string | null;
	atUs: number;
	kind: 'init' | 'edit' | 'normalise' | 'restore';
	upd: Buffer;
};
export type CollabSnapshot = { seq: number; epoch: number; headHash: Buffer; stateV2: Buffer; stateSha256: Buffer };

const docFelter = [
	'id',
	'epoch',
	'schema_version as schemaVersion',
	sql<CollabDoc['state']>`state`.as('state'),
	'head_seq as headSeq',
	'head_hash as headHash',
	'access_version as accessVersion',
	'closing_at as closingAt',
	'closing_until as closingUntil'
] as const;

export function findCollabDoc(db: Db, id: string): Promise<CollabDoc | undefined> {
	return db.selectFrom('collab_doc').select(docFelter).where('id', '=', id).executeTakeFirst();
}

/** The heads and states of many documents; of those that are open the truth behind the hints. */
export async function listCollabDocs(db: Db, ids: string[]): Promise<CollabDoc[]> {
	if (ids.length === 0) return [];
	return db
		.selectFrom('collab_doc')
		.select(docFelter)
		.where(sql<boolean>`id = any(${ids}::uuid[])`)
		.execute();
}

export function findSnapshot(db: Db, docId: string): Promise<CollabSnapshot | undefined> {
	return (
		db
			.selectFrom('collab_snapshot as s')
			// A snapshot that does not stand on the row it names is no cache of this log.
			.innerJoin('collab_update as u', (join) =>
				join.onRef('u.doc_id', '=', 's.doc_id').onRef('u.seq', '=', 's.seq').onRef('u.hash', '=', 's.head_hash')
			)
			.select(['s.seq', 's.epoch', 's.head_hash as headHash', 's.state_v2 as stateV2', 's.state_sha256 as stateSha256'])
			.where('s.doc_id', '=', docId)
			.executeTakeFirst()
	);
}

/** The rows after `afterSeq` up to and including `toSeq`, in order. */
export function listRows(db: Db, docId: string, afterSeq: number, toSeq: number): Promise<CollabRow[]> {
	return db
		.selectFrom('collab_update')
		.select([
			'seq',
			'user_id as userId',
			'conn_id as connId',
			'at_us as atUs',
			sql<CollabRow['kind']>`kind`.as('kind'),
			'upd'
		])
		.where('doc_id', '=', docId)
		.where('seq', '>', afterSeq)
		.where('seq', '<=', toSeq)
		.orderBy('seq')
		.execute();
}

/** The same of many documents: of each the rows after `after` up to `to`, in order. */
export async function listRowsOfMany(
	db: Db,
	wanted: readonly { id: string; after: number; to: number }[]
): Promise<Map<string, CollabRow[]>> {
	if (wanted.length === 0) return new Map();
	const [ids, after, to] = [
		wanted.map(({ id }) => id),
		wanted.map((each) => each.after),
		wanted.map((each) => each.to)
	];
	// Document by document: no plan of the planner's may read the log of all for the last keys of some.
	const { rows } = await sql<CollabRow & { docId: string }>`
		select t.id as "docId", u.* from unnest(${ids}::uuid[], ${after}::bigint[], ${to}::bigint[]) as t (id, after, upto),
		lateral (
			select seq, user_id as "userId", conn_id as "connId", at_us as "atUs", kind, upd from collab_update
			where doc_id = t.id and seq > t.after and seq <= t.upto order by seq
		) as u`.execute(db);
	return Map.groupBy(rows, ({ docId }) => docId);
}

/** Which person each known clientID of a document belongs to. */
export async function listClients(db: Db, docId: string): Promise<Map<number, string>> {
	const rader = await db
		.selectFrom('collab_client')
		.select(['client_id', 'user_id'])
		.where('doc_id', '=', docId)
		.execute();
	return new Map(rader.map((rad) => [rad.client_id, rad.user_id]));
}

/** Creates documents with their init rows, in the transaction that creates their samtaler. */
export async function createCollabDocs(
	trx: Db,
	docs: { id: string; userId: string }[],
	{ schemaVersion, now, init }: { schemaVersion: number; now: Date; init: Uint8Array }
): Promise<void> {
	await sql`
		select collab_create(d.id, ${schemaVersion}, d.user_id, ${now.getTime() * 1000}, ${Buffer.from(init)})
		from unnest(${docs.map((doc) => doc.id)}::uuid[], ${docs.map((doc) => doc.userId)}::uuid[]) as d (id, user_id)
	`.execute(trx);
}

/** Takes the document's row lock; before the samtale's own row, in the order of `collab_append`. */
export async function lockCollabDoc(trx: Db, id: string): Promise<void> {
	await sql`select collab_lock(${id})`.execute(trx);
}

/** Avlys: the document takes no more. False when it was already final or cancelled. */
export async function cancelCollabDoc(trx: Db, id: string): Promise<boolean> {
	const { rows } = await sql<{ ok: boolean }>`select collab_cancel(${id}) as ok`.execute(trx);
	return rows[0]?.ok ?? false;
}

/** open → closing until the given time. False when it is not open. */
export async function beginClosing(trx: Db, id: string, now: Date, until: Date): Promise<boolean> {
	const { rows } = await sql<{
		ok: boolean;
	}>`select collab_begin_closing(${id}, ${now.getTime() * 1000}, ${until.getTime() * 1000}) as ok`.execute(trx);
	return rows[0]?.ok ?? false;
}

/** closing → open. False when it is not closing. */
export async function cancelClosing(trx: Db, id: string): Promise<boolean> {
	const { rows } = await sql<{ ok: boolean }>`select collab_cancel_closing(${id}) as ok`.execute(trx);
	return rows[0]?.ok ?? false;
}

/** Every closing that has run out goes back to open; returns which. */
export async function lapseClosing(db: Db, now: Date): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`select collab_lapse(${now.getTime() * 1000}) as id`.execute(db);
	return rows.map((row) => row.id);
}

export type Finalizing = {
	id: string;
	seq: number;
	headHash: Uint8Array;
	epoch: number;
	json: string;
	userId: string;
	now: Date;
};

/** Freezes by compare-and-swap on (seq, headHash). False, and nothing changed, when the document is not as it was shown. */
export async function finalizeCollabDoc(trx: Db, f: Finalizing): Promise<boolean> {
	const { rows } = await sql<{ ok: boolean }>`
		select collab_finalize(${f.id}, ${f.seq}, ${Buffer.from(f.headHash)}, ${f.epoch}, ${f.json}, ${f.userId}, ${f.now.getTime() * 1000}) as ok
	`.execute(trx);
	return rows[0]?.ok ?? false;
}

/** The frozen document, or undefined while there is none. */
export function findFinal(
	db: Db,
	id: string
): Promise<{ seq: number; json: string; jsonSha256: Buffer; chainHash: Buffer; atUs: number } | undefined> {
	return db
		.selectFrom('collab_final')
		.select(['seq', 'json', 'json_sha256 as jsonSha256', 'chain_hash as chainHash', 'at_us as atUs'])
		.where('doc_id', '=', id)
		.executeTakeFirst();
}

/** Makes every connection of these documents be decided anew. */
export async function bumpAccess(trx: Db, ids: string[]): Promise<void> {
	await sql`select collab_access_changed(${ids}::uuid[])`.execute(trx);
}

/** Binds a clientID to a person unless it is bound; returns the person it belongs to. */
export async function bindClient(db: Db, docId: string, clientId: number, userId: string): Promise<string | undefined> {
	const { rows } = await sql<{ owner: string }>`select collab_bind(${docId}, ${clientId}, ${userId}) as owner`.execute(
		db
	);
	return rows[0]?.owner;
}

/** Keeps what one refusal took aside for its author, with the words in it. */
export async function keepRejected(
	db: Db,
	reject: {
		docId: string;
		userId: string;
		now: Date;
		reason: string;
		updates: readonly Uint8Array[];
		tekst: string | null;
	}
): Promise<void> {
	const updates = reject.updates.map((update) => Buffer.from(update));
	await sql`select collab_keep_rejected(${reject.docId}, ${reject.userId}, ${reject.now.getTime() * 1000}, ${reject.reason}, ${updates}::bytea[], ${reject.tekst})`.execute(
		db
	);
}

/** Stores a snapshot unless a newer one is there or it stands on no row. */
export async function putSnapshot(
	db: Db,
	snapshot: { docId: string; seq: number; epoch: number; stateV2: Uint8Array; sv: Uint8Array }
): Promise<boolean> {
	const { rows } = await sql<{ ok: boolean }>`
		select collab_put_snapshot(${snapshot.docId}, ${snapshot.seq}, ${snapshot.epoch}, ${Buffer.from(snapshot.stateV2)}, ${Buffer.from(snapshot.sv)}) as ok
	`.execute(db);
	return rows[0]?.ok ?? false;
}

/** Appends the row of a gjenopprett, derived from the state at `head`. The transaction that judged the person's rights calls it. */
export async function restoreCollabDoc(
	trx: Db,
	r: { docId: string; head: number; epoch: number; userId: string; now: Date; clientId: number; upd: Uint8Array }
): Promise<'ok' | 'behind' | 'closing' | 'closed' | 'refused'> {
	const { rows } = await sql<{ outcome: 'ok' | 'behind' | 'closing' | 'closed' | 'refused' }>`
		select collab_restore(${r.docId}, ${r.head}, ${r.epoch}, ${r.userId}, ${r.now.getTime() * 1000}, ${r.clientId}, ${Buffer.from(r.upd)}) as outcome
	`.execute(trx);
	return rows[0]?.outcome ?? 'closed';
}
