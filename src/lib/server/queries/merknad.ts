import type { Db } from '../db/pool.ts';

/** A merknad as its readers see it. */
export type MerknadRad = { id: string; tekst: string; at: Date; forfatterId: string; navn: string; farge: number };

/** Every merknad to a samtale, oldest first. */
export function listMerknader(db: Db, samtaleId: string): Promise<MerknadRad[]> {
	return db
		.selectFrom('samtale_merknad as m')
		.innerJoin('bruker as b', 'b.id', 'm.forfatter_id')
		.select(['m.id', 'm.tekst', 'm.created_at as at', 'm.forfatter_id as forfatterId', 'b.navn', 'b.farge'])
		.where('m.samtale_id', '=', samtaleId)
		.orderBy('m.created_at')
		.orderBy('m.id')
		.execute();
}

/** Writes a merknad; nobody can change it afterwards. */
export async function insertMerknad(
	trx: Db,
	merknad: { id: string; samtaleId: string; forfatterId: string; tekst: string; now: Date }
): Promise<void> {
	const { id, samtaleId, forfatterId, tekst, now } = merknad;
	await trx
		.insertInto('samtale_merknad')
		.values({ id, samtale_id: samtaleId, forfatter_id: forfatterId, tekst, created_at: now })
		.execute();
}
