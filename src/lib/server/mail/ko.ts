import { randomUUID } from 'node:crypto';
import { forsegl } from '../auth/hemmelighet.ts';
import { hintEpost } from '../db/hints.ts';
import type { Db } from '../db/pool.ts';
import { insertEpost } from '../queries/epost.ts';
import type { Epost } from './maler.ts';

export type { Epost, Lenke, Mal, MalData, Mottaker } from './maler.ts';

/**
 * Puts a mail into the outbox, in the transaction of the event that causes it: it leaves when that commits, and never when
 * it does not (trust.md, «Delivery of mail»). A link's path is sealed for this one mail and forgotten when it is sent.
 * @returns the mail's id, which is its Message-ID too
 */
export async function koEpost(trx: Db, epost: Epost, now: Date): Promise<string> {
	const id = randomUUID();
	const { mal, mottaker, data, lenke, objektId } = epost;
	await insertEpost(trx, {
		...{ id, mal, mottaker, data, now },
		hemmelig: lenke ? forsegl(lenke.nokkel, 'epost-lenke', id, lenke.sti) : null,
		objektId: objektId ?? null
	});
	await hintEpost(trx);
	return id;
}
