import type { Db } from '../db/pool.ts';

/** Keeps what the link of a mail turns off; once, however often the mail is sent. */
export async function insertAvmelding(
	trx: Db,
	ny: { tokenHash: Buffer; brukerId: string; gruppe: string; now: Date }
): Promise<void> {
	await trx
		.insertInto('avmelding')
		.values({ token_hash: ny.tokenHash, bruker_id: ny.brukerId, gruppe: ny.gruppe, created_at: ny.now })
		.onConflict((c) => c.column('token_hash').doNothing())
		.execute();
}

/** Whose mail of which kind a link turns off; undefined for an unknown one. */
export function findAvmelding(db: Db, tokenHash: Buffer): Promise<{ brukerId: string; gruppe: string } | undefined> {
	return db
		.selectFrom('avmelding')
		.select(['bruker_id as brukerId', 'gruppe'])
		.where('token_hash', '=', tokenHash)
		.executeTakeFirst();
}

/** Notes when a link was used last. */
export async function updateAvmeldingBrukt(trx: Db, tokenHash: Buffer, now: Date): Promise<void> {
	await trx.updateTable('avmelding').set({ brukt_at: now }).where('token_hash', '=', tokenHash).execute();
}
