import { transaction, type Db } from '../db/pool.ts';
import { deleteBySid } from '../queries/eid.ts';
import { meldAvsluttet } from './lib/avslutt-okt.ts';

/**
 * Front-channel log-out: the person has logged out at the provider, or in another service. Ends the sessions that its session
 * `sid` has opened here, and their sockets (T03). Nothing happens when the provider is another one or there are none.
 */
export async function loggUtSid(
	{ db, now, requestId }: { db: Db; now: Date; requestId: string },
	{ iss, sid, issuer }: { iss: string | null; sid: string | null; issuer: string | undefined }
): Promise<void> {
	if (issuer === undefined || iss !== issuer || sid === null || sid === '' || sid.length > 200 || /\0/.test(sid))
		return;
	await transaction(db, async (trx) => {
		for (const okt of await deleteBySid(trx, sid))
			await meldAvsluttet(trx, { now, requestId }, okt, 'utlogging hos tilbyder');
	});
}
