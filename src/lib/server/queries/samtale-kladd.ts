import type { Db } from '../db/pool.ts';

/** Whose note on which samtale: there is no way to ask for it without its owner. */
export type KladdEier = { samtaleId: string; brukerId: string };
export type KladdRad = { tekst: string; versjon: number };

/** Somebody's own note; undefined when there is none. */
export function findSamtaleKladd(db: Db, { samtaleId, brukerId }: KladdEier): Promise<KladdRad | undefined> {
	return db
		.selectFrom('samtale_kladd')
		.select(['tekst', 'versjon'])
		.where('samtale_id', '=', samtaleId)
		.where('bruker_id', '=', brukerId)
		.executeTakeFirst();
}

/** Writes the first version; false when there is one already. */
export async function insertSamtaleKladd(
	trx: Db,
	{ samtaleId, brukerId }: KladdEier,
	{ tekst, now }: { tekst: string; now: Date }
): Promise<boolean> {
	const rad = await trx
		.insertInto('samtale_kladd')
		.values({ samtale_id: samtaleId, bruker_id: brukerId, tekst, versjon: 1, updated_at: now })
		.onConflict((conflict) => conflict.doNothing())
		.returning('versjon')
		.executeTakeFirst();
	return rad !== undefined;
}

/** Writes the version after `versjon`; false when that is not the one there. */
export async function updateSamtaleKladd(
	trx: Db,
	{ samtaleId, brukerId }: KladdEier,
	{ tekst, versjon, now }: KladdRad & { now: Date }
): Promise<boolean> {
	const rad = await trx
		.updateTable('samtale_kladd')
		.set({ tekst, versjon: versjon + 1, updated_at: now })
		.where('samtale_id', '=', samtaleId)
		.where('bruker_id', '=', brukerId)
		.where('versjon', '=', versjon)
		.returning('versjon')
		.executeTakeFirst();
	return rad !== undefined;
}

/** Takes it away; with `versjon` only that one. Says whether there was one to take. */
export async function deleteSamtaleKladd(
	trx: Db,
	{ samtaleId, brukerId }: KladdEier,
	versjon?: number
): Promise<boolean> {
	let query = trx.deleteFrom('samtale_kladd').where('samtale_id', '=', samtaleId).where('bruker_id', '=', brukerId);
	if (versjon !== undefined) query = query.where('versjon', '=', versjon);
	return (await query.returning('versjon').executeTakeFirst()) !== undefined;
}
