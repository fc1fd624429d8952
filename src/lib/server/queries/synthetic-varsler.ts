import type { Db } from '../db/pool.ts';

/** What made-up people were told of days ago needs no mail now, and is read if it came before `lestFor`. */
export async function ryddSyntetiskeVarsler(trx: Db, lestFor: Date): Promise<void> {
	await trx.deleteFrom('epost').where('mal', '=', 'varsel').execute();
	await trx.updateTable('varsel').set({ epost_id: null }).execute();
	await trx.updateTable('varsel').set({ lest_at: lestFor }).where('created_at', '<', lestFor).execute();
}
