import { erId } from '#lib/domain/id.ts';
import type { FilStatus, FilType, Kategori, Kobling } from '#lib/domain/fil/fil.ts';
import { sql, type Db } from '../db/pool.ts';

/** A file without its bytes. Sizes in bytes. */
export type FilRad = {
	id: string;
	lisId: string;
	opplastetAv: string;
	opplastetNavn: string;
	navn: string;
	kategori: Kategori;
	beskrivelse: string | null;
	type: string | null;
	storrelse: number;
	status: FilStatus;
	funn: string | null;
	kobling: Kobling;
	createdAt: Date;
};

/** A file that is deleted, or never arrived, is in no list. */
function filer(db: Db) {
	return db
		.selectFrom('fil as f')
		.innerJoin('bruker as b', 'b.id', 'f.opplastet_av')
		.select([
			...(['f.id', 'f.lis_id as lisId', 'f.opplastet_av as opplastetAv', 'b.navn as opplastetNavn', 'f.navn'] as const),
			...(['f.beskrivelse', 'f.type', 'f.storrelse', 'f.funn', 'f.created_at as createdAt'] as const),
			sql<Kategori>`f.kategori`.as('kategori'),
			sql<FilStatus>`f.status`.as('status'),
			sql<Kobling>`case
				when f.samtale_id is not null then jsonb_build_object('slag', 'samtale', 'id', f.samtale_id)
				when f.aktivitet_id is not null then jsonb_build_object('slag', 'aktivitet', 'id', f.aktivitet_id)
				when f.kode is not null then jsonb_build_object('slag', 'mal', 'kode', f.kode)
				else jsonb_build_object('slag', 'ingen') end`.as('kobling')
		])
		.where('f.slettet_at', 'is', null)
		.where('f.status', '<>', 'laster');
}

/** One that has arrived and is not deleted, or undefined, for a malformed id too. With `forUpdate` its row is locked. */
export async function findFil(db: Db, id: string, options: { forUpdate?: boolean } = {}): Promise<FilRad | undefined> {
	if (!erId(id)) return undefined;
	let query = filer(db).where('f.id', '=', id);
	if (options.forUpdate) query = query.forUpdate('f');
	return query.executeTakeFirst();
}

/** Those of one LIS, the latest first. The caller leaves out what the asker may not see. */
export function listFilerForLis(db: Db, lisId: string): Promise<FilRad[]> {
	return filer(db).where('f.lis_id', '=', lisId).orderBy('f.created_at', 'desc').orderBy('f.id').execute();
}

/** Those of these LIS that belong to one of these things, the first sent first. */
export function listFilerVed(
	db: Db,
	ved: { lisIder: string[]; samtaler: string[]; aktiviteter: string[]; koder: string[] }
): Promise<FilRad[]> {
	if (ved.lisIder.length === 0) return Promise.resolve([]);
	return filer(db)
		.where('f.lis_id', '=', sql<string>`any(${ved.lisIder}::uuid[])`)
		.where((eb) =>
			eb.or([
				eb('f.samtale_id', '=', sql<string>`any(${ved.samtaler}::uuid[])`),
				eb('f.aktivitet_id', '=', sql<string>`any(${ved.aktiviteter}::uuid[])`),
				eb('f.kode', '=', sql<string>`any(${ved.koder})`)
			])
		)
		.orderBy('f.created_at')
		.orderBy('f.id')
		.execute();
}

/** Holds back every other upload for this LIS until the transaction ends: two at once must not both find room. */
export async function lockFiler(trx: Db, lisId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('filer:' || ${lisId}, 0))`.execute(trx);
}

/** What the files of a LIS take up, in bytes; those that are arriving count as what they are at most. */
export async function sumStorrelse(db: Db, lisId: string): Promise<number> {
	const { sum } = await db
		.selectFrom('fil')
		.select(sql<number>`coalesce(sum(storrelse), 0)::bigint`.as('sum'))
		.where('lis_id', '=', lisId)
		.where('slettet_at', 'is', null)
		.where('status', '<>', 'avvist')
		.executeTakeFirstOrThrow();
	return sum;
}

export type NyFil = Pick<FilRad, 'id' | 'lisId' | 'opplastetAv' | 'navn' | 'kategori' | 'beskrivelse' | 'kobling'> & {
	/** What it is at most. */
	storrelse: number;
	now: Date;
};

/** A file that begins to arrive. */
export async function insertFil(trx: Db, ny: NyFil): Promise<void> {
	const { id, lisId, opplastetAv, navn, kategori, beskrivelse, kobling, storrelse, now } = ny;
	await trx
		.insertInto('fil')
		.values({
			...{ id, lis_id: lisId, opplastet_av: opplastetAv, navn, kategori, beskrivelse, storrelse, created_at: now },
			status: 'laster',
			samtale_id: kobling.slag === 'samtale' ? kobling.id : null,
			aktivitet_id: kobling.slag === 'aktivitet' ? kobling.id : null,
			kode: kobling.slag === 'mal' ? kobling.kode : null
		})
		.execute();
}

/** It has arrived. */
export async function updateFilMottatt(
	trx: Db,
	id: string,
	mottatt: { type: FilType; storrelse: number; sha256: Buffer; status: 'sjekkes' | 'klar' }
): Promise<void> {
	await trx.updateTable('fil').set(mottatt).where('id', '=', id).where('status', '=', 'laster').execute();
}

/** One that did not arrive leaves nothing. */
export async function deleteUferdig(db: Db, id: string): Promise<void> {
	await db.deleteFrom('fil').where('id', '=', id).where('status', '=', 'laster').execute();
}

/** The same for all that began before `for`: their process was ended in the middle. Returns how many. */
export async function deleteUferdigeFor(db: Db, tidligere: Date): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('fil')
		.where('status', '=', 'laster')
		.where('created_at', '<', tidligere)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/** Deleted by the one who sent it: its bytes go, its row stays. */
export async function updateFilSlettet(trx: Db, id: string, av: string, now: Date): Promise<void> {
	await trx.updateTable('fil').set({ slettet_at: now, slettet_av: av }).where('id', '=', id).execute();
	await trx.deleteFrom('fil_del').where('fil_id', '=', id).execute();
}

/** Those that wait for the scanner, the longest first. */
export function listSjekkes(db: Db): Promise<{ id: string; lisId: string; opplastetAv: string; storrelse: number }[]> {
	return db
		.selectFrom('fil')
		.select(['id', 'lis_id as lisId', 'opplastet_av as opplastetAv', 'storrelse'])
		.where('status', '=', 'sjekkes')
		.where('slettet_at', 'is', null)
		.orderBy('created_at')
		.execute();
}

/** What the scanner said; a file in which it found something loses its bytes. False when it waits no more. */
export async function updateSjekket(trx: Db, id: string, funn: string | null): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('fil')
		.set(funn === null ? { status: 'klar' } : { status: 'avvist', funn })
		.where('id', '=', id)
		.where('status', '=', 'sjekkes')
		.where('slettet_at', 'is', null)
		.executeTakeFirst();
	if (numUpdatedRows > 0n && funn !== null) await trx.deleteFrom('fil_del').where('fil_id', '=', id).execute();
	return numUpdatedRows > 0n;
}
