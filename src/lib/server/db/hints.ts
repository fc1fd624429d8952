import { sql, type Db } from './pool.ts';

/** NOTIFY only hints: whoever misses one finds the same in the tables within seconds (collab.md, «Several nodes»). */
export const HINT_CHANNEL = 'lisk';

/** What can be hinted: access to documents or their state changed, or a session ended. */
export type Hint = { docs: string[] } | { okt: string };

/** Sends a hint with the transaction: it leaves when that commits. */
export async function sendHint(trx: Db, hint: Hint): Promise<void> {
	await sql`select pg_notify(${HINT_CHANNEL}, ${JSON.stringify(hint)})`.execute(trx);
}

/** Tells the workers that a mail waits. A channel of its own: the ws-servers have no use for it. */
export const MAIL_CHANNEL = 'lisk_epost';

/** As `sendHint`, for a mail that was put into the outbox. */
export async function hintEpost(trx: Db): Promise<void> {
	await sql`select pg_notify(${MAIL_CHANNEL}, '')`.execute(trx);
}

/** Tells the web processes that somebody's notifications have changed; the payload is who. */
export const VARSEL_CHANNEL = 'lisk_varsel';

/** As `sendHint`, for each of these people once. */
export async function hintVarsel(trx: Db, brukerIder: string[]): Promise<void> {
	for (const id of new Set(brukerIder)) await sql`select pg_notify(${VARSEL_CHANNEL}, ${id})`.execute(trx);
}
