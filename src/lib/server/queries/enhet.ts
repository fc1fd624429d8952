import type { Db } from '../db/pool.ts';

/** Whether this device has logged in to this account before. */
export async function erKjentEnhet(db: Db, brukernavn: string, enhetHash: string): Promise<boolean> {
	const rad = await db
		.selectFrom('kjent_enhet as e')
		.innerJoin('bruker as b', 'b.id', 'e.bruker_id')
		.select('e.sist_at')
		.where('b.brukernavn', '=', brukernavn)
		.where('e.enhet_hash', '=', enhetHash)
		.executeTakeFirst();
	return rad !== undefined;
}

export async function huskEnhet(trx: Db, brukerId: string, enhetHash: string, now: Date): Promise<void> {
	await trx
		.insertInto('kjent_enhet')
		.values({ bruker_id: brukerId, enhet_hash: enhetHash, sist_at: now })
		.onConflict((oc) => oc.columns(['bruker_id', 'enhet_hash']).doUpdateSet({ sist_at: now }))
		.execute();
}
