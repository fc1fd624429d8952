import { EID_EIER } from '../auth/eid/bevis.ts';
import type { EidKlient, Utlogging } from '../auth/eid/klient.ts';
import { apneForsegling } from '../auth/hemmelighet.ts';
import type { Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { findIdToken } from '../queries/eid.ts';
import { avslutt } from './lib/avslutt-okt.ts';

/**
 * Ends the session and tells the ws-servers, which close its sockets (T03).
 * @param eid how to log out at the provider, with the key that opens what was sealed; undefined when none is configured
 * @returns where the browser logs out at the provider, when the session was proven by electronic ID and the provider is there
 */
export async function loggUt(
	ctx: Ctx,
	okt: Okt,
	eid?: { klient: EidKlient | undefined; pidKey: Uint8Array }
): Promise<Utlogging | undefined> {
	const idToken = await transaction(ctx.db, async (trx) => {
		const forseglet = await findIdToken(trx, okt.hash);
		await avslutt(trx, ctx, okt);
		return forseglet;
	});
	if (!idToken || !eid?.klient) return undefined;
	try {
		return await eid.klient.utlogging(apneForsegling(eid.pidKey, 'id-token', EID_EIER, idToken), ctx.now);
	} catch {
		// Logged out here, whatever is the matter with the provider or the key that sealed.
		return undefined;
	}
}
