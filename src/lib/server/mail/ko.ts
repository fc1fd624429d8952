import { randomUUID } from 'node:crypto';
import { forsegl } from '../auth/hemmelighet.ts';
import { hintEpost } from '../db/hints.ts';
import type { Db } from '../db/pool.ts';
import { insertEposter, type NyEpost } from '../queries/epost.ts';
import type { Epost } from './maler.ts';

export type { Epost, Lenke, Mal, MalData, Mottaker } from './maler.ts';

/**
 * Puts a mail into the outbox, in the transaction of the event that causes it: it leaves when that commits, and never when
 * it does not (trust.md, «Delivery of mail»). A link's path is sealed for this one mail and forgotten when it is sent.
 * @returns the mail's id, which is its Message-ID too
 */
export async function koEpost(trx: Db, epost: Epost, now: Date): Promise<string> {
	const ny = forberedt(epost);
	await insertEposter(trx, [ny], now);
	await hintEpost(trx);
	return ny.id;
}

/** The same for many at once: one statement, and one hint. */
export async function koEposter(trx: Db, eposter: Epost[], now: Date): Promise<void> {
	if (eposter.length === 0) return;
	await insertEposter(trx, eposter.map(forberedt), now);
	await hintEpost(trx);
}

function forberedt({ mal, mottaker, data, lenke, objektId }: Epost): NyEpost {
	const id = randomUUID();
	const hemmelig = lenke ? forsegl(lenke.nokkel, 'epost-lenke', id, lenke.sti) : null;
	return { id, mal, mottaker, data, hemmelig, objektId: objektId ?? null };
}
