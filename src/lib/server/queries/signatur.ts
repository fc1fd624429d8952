import type { Db } from '../db/pool.ts';

/** A public key that the portal has signed with. */
export type Nokkelrad = { id: string; offentlig: Buffer; fra: Date };

/** Keeps a public key for ever; once is enough. */
export async function noterNokkel(
	db: Db,
	{ id, offentlig }: { id: string; offentlig: Buffer },
	now: Date
): Promise<void> {
	await db
		.insertInto('signeringsnokkel')
		.values({ id, offentlig, fra: now })
		.onConflict((oc) => oc.doNothing())
		.execute();
}

/** All public keys, the newest first. */
export function listNokler(db: Db): Promise<Nokkelrad[]> {
	return db.selectFrom('signeringsnokkel').selectAll().orderBy('fra', 'desc').orderBy('id').execute();
}

/** Adds a signature to a finished document. False when it has one by this key. */
export async function insertSignatur(
	trx: Db,
	signatur: { docId: string; nokkelId: string; signatur: Buffer; now: Date }
): Promise<boolean> {
	const { docId, nokkelId, now } = signatur;
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('collab_signatur')
		.values({ doc_id: docId, nokkel_id: nokkelId, signatur: signatur.signatur, at: now })
		.onConflict((oc) => oc.doNothing())
		.executeTakeFirstOrThrow();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Finished documents that nobody has signed, the oldest first. */
export function listUsignerte(db: Db, limit: number): Promise<{ docId: string; jsonSha256: Buffer; lisId: string }[]> {
	return db
		.selectFrom('collab_final as f')
		.innerJoin('samtale as s', 's.id', 'f.doc_id')
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('collab_signatur as g').select('g.doc_id').whereRef('g.doc_id', '=', 'f.doc_id')))
		)
		.select(['f.doc_id as docId', 'f.json_sha256 as jsonSha256', 's.lis_id as lisId'])
		.orderBy('f.at_us')
		.limit(limit)
		.execute();
}

/** The signatures of a finished document with the keys they are by, the oldest first. */
export function listSignaturer(
	db: Db,
	docId: string
): Promise<{ nokkelId: string; offentlig: Buffer; signatur: Buffer; at: Date }[]> {
	return db
		.selectFrom('collab_signatur as g')
		.innerJoin('signeringsnokkel as n', 'n.id', 'g.nokkel_id')
		.where('g.doc_id', '=', docId)
		.select(['g.nokkel_id as nokkelId', 'n.offentlig', 'g.signatur', 'g.at'])
		.orderBy('g.at')
		.execute();
}
