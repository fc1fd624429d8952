import { avsluttOkt, type Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { sendHint } from '../db/hints.ts';
import { transaction } from '../db/pool.ts';
import { insertHendelse } from '../queries/hendelse.ts';
import { listEgneOkter } from '../queries/konto.ts';

/** Ends every session of the person but this one; their sockets close (T03). */
export async function loggUtAndre(ctx: Ctx, denne: Okt): Promise<void> {
	await transaction(ctx.db, async (trx) => {
		for (const okt of await listEgneOkter(trx, ctx.actor.brukerId)) {
			if (okt.id === denne.id) continue;
			await avsluttOkt(trx, okt.hash);
			await insertHendelse(trx, {
				type: 'okt.avsluttet',
				at: ctx.now,
				aktorId: ctx.actor.brukerId,
				aktorRolle: null,
				objektId: okt.id,
				data: { grunn: 'fra en annen nettleser' },
				requestId: ctx.requestId
			});
			await sendHint(trx, { okt: okt.id });
		}
	});
}
