import { avsluttOkt, type Okt } from '../../auth/okter.ts';
import { sendHint } from '../../db/hints.ts';
import type { Db } from '../../db/pool.ts';
import { insertHendelse } from '../../queries/hendelse.ts';

/** Ends the session that a browser had until its person logged in anew: an earlier one is never adopted (T02). */
export async function avsluttForrige(
	trx: Db,
	{ now, requestId }: { now: Date; requestId: string },
	forrige: Okt
): Promise<void> {
	await avsluttOkt(trx, forrige.hash);
	await insertHendelse(trx, {
		type: 'okt.avsluttet',
		at: now,
		aktorId: forrige.actor.brukerId,
		aktorRolle: null,
		objektId: forrige.id,
		data: { grunn: 'ny innlogging' },
		requestId
	});
	await sendHint(trx, { okt: forrige.id });
}
