import { avsluttOkt, type Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { sendHint } from '../db/hints.ts';
import { transaction } from '../db/pool.ts';
import { insertHendelse } from '../queries/hendelse.ts';

/** Ends the session and tells the ws-servers, which close its sockets (T03). */
export async function loggUt(ctx: Ctx, okt: Okt): Promise<void> {
	await transaction(ctx.db, async (trx) => {
		await avsluttOkt(trx, okt.hash);
		await insertHendelse(trx, {
			type: 'okt.avsluttet',
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: null,
			objektId: okt.id,
			requestId: ctx.requestId
		});
		await sendHint(trx, { okt: okt.id });
	});
}
