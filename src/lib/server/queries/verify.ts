import { sql, type Db } from '../db/pool.ts';

/** What `npm run verify` reads: rows as they are, with nothing made of them. */

export type LogRow = {
	doc_id: string;
	seq: number;
	epoch: number;
	user_id: string;
	session_id: string | null;
	conn_id: string | null;
	at_us: number;
	kind: string;
	upd: Buffer;
	upd_sha256: Buffer;
	hash: Buffer;
};

/** The ids of all documents, after `after`, in order. */
export async function listDocIds(db: Db, after: string | null, limit: number): Promise<string[]> {
	let query = db.selectFrom('collab_doc').select('id').orderBy('id').limit(limit);
	if (after !== null) query = query.where('id', '>', after);
	return (await query.execute()).map((row) => row.id);
}

/** Ids that stand in the tables of documents without a document: nothing may be there. */
export async function listOrphans(db: Db): Promise<string[]> {
	const { rows } = await sql<{ id: string }>`
		select distinct doc_id as id from collab_update u where not exists (select from collab_doc d where d.id = u.doc_id)
		union select doc_id from collab_final f where not exists (select from collab_doc d where d.id = f.doc_id)
	`.execute(db);
	return rows.map((row) => row.id);
}

export function findDocRow(db: Db, id: string) {
	return db.selectFrom('collab_doc').selectAll().where('id', '=', id).executeTakeFirst();
}

export function listLogRows(db: Db, docId: string, after: number, limit: number): Promise<LogRow[]> {
	return db
		.selectFrom('collab_update')
		.selectAll()
		.where('doc_id', '=', docId)
		.where('seq', '>', after)
		.orderBy('seq')
		.limit(limit)
		.execute();
}

export function findSnapshotRow(db: Db, docId: string) {
	return db.selectFrom('collab_snapshot').selectAll().where('doc_id', '=', docId).executeTakeFirst();
}

export function findFinalRow(db: Db, docId: string) {
	return db.selectFrom('collab_final').selectAll().where('doc_id', '=', docId).executeTakeFirst();
}

/** The samtale of a document, with its date and times as text. */
export function findSamtaleRow(db: Db, id: string) {
	return db
		.selectFrom('samtale')
		.select(['lis_id', 'status', 'dato', 'sted', 'ferdigstilt_av', 'ferdigstilt_at'])
		.select([
			sql<string | null>`to_char(fra, 'HH24:MI')`.as('fra'),
			sql<string | null>`to_char(til, 'HH24:MI')`.as('til')
		])
		.where('id', '=', id)
		.executeTakeFirst();
}

export type SignertRad = Awaited<ReturnType<typeof listSignerte>>[number];

/** Signed aktiviteter after `after`, in order, with the codes of the goals that they serve. */
export function listSignerte(db: Db, after: string | null, limit: number) {
	let query = db
		.selectFrom('laeringsaktivitet as a')
		.select(['a.id', 'a.lis_id', 'a.krav_id', 'a.dato', 'a.sted', 'a.tekst', 'a.refleksjon', 'a.nivaa'])
		.select(['a.tilbakemelding', 'a.avgjort_av', 'a.avgjort_at'])
		.select([
			sql<Buffer>`a.signert_hash`.as('signert_hash'),
			sql<string[]>`array(select m.kode from laeringsaktivitet_mal m where m.aktivitet_id = a.id order by m.kode)`.as(
				'koder'
			)
		])
		.where('a.signert_hash', 'is not', null)
		.orderBy('a.id')
		.limit(limit);
	if (after !== null) query = query.where('a.id', '>', after);
	return query.execute();
}

export type GodkjentRad = Awaited<ReturnType<typeof listGodkjente>>[number];

/** Approved goals after `after`, in order. */
export function listGodkjente(db: Db, after: string | null, limit: number) {
	let query = db
		.selectFrom('maloppnaelse')
		.select(['id', 'lis_id', 'kode', 'fullfort_dato', 'kommentar', 'uten', 'uten_tekst', 'grunn'])
		.select(['avgjort_av', 'avgjort_at', 'godkjent_hash'])
		.where('status', '=', 'godkjent')
		.orderBy('id')
		.limit(limit);
	if (after !== null) query = query.where('id', '>', after);
	return query.execute();
}
