import { sql, type Db } from './pool.ts';

/** NOTIFY only hints: whoever misses one finds the same in the tables within seconds (collab.md, «Several nodes»). */
export const HINT_CHANNEL = 'lisk';

/** What can be hinted: access to documents or their state changed (`*`: of so many that all must be looked at), or a session ended. */
export type Hint = { docs: string[] | '*' } | { okt: string };

/** PostgreSQL takes payloads of fewer than 8,000 bytes, and a longer one ends the whole transaction. */
export const MOST_BYTES = 7_900;
/** Documents in one hint: 39 bytes each as JSON. */
const DOCS_EACH = 200;
/** More documents than this are not named one by one. */
const MOST_DOCS = 1_000;

/** Sends a hint with the transaction: it leaves when that commits. */
export async function sendHint(trx: Db, hint: Hint): Promise<void> {
	await notify(
		trx,
		HINT_CHANNEL,
		parts(hint).map((part) => JSON.stringify(part))
	);
}

/** Sends these payloads, of which each must be short enough. */
export async function notify(trx: Db, channel: string, payloads: string[]): Promise<void> {
	await sql`select pg_notify(${channel}, payload) from unnest(${payloads}::text[]) as payload`.execute(trx);
}

function parts(hint: Hint): Hint[] {
	if (!('docs' in hint) || hint.docs === '*') return [hint];
	const { docs } = hint;
	if (docs.length > MOST_DOCS) return [{ docs: '*' }];
	return Array.from({ length: Math.ceil(docs.length / DOCS_EACH) }, (_, i) => ({
		docs: docs.slice(i * DOCS_EACH, (i + 1) * DOCS_EACH)
	}));
}

/** What the ws-servers tell each other (ws-server/peers.ts). A channel of its own: nobody else has use for it. */
export const NODE_CHANNEL = 'lisk_noder';

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
