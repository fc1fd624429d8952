import type { Rolle } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import type { Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import { authorize } from '../../authz/index.ts';
import type { Action, Actions, SamtaleTilgang } from '../../authz/actions.ts';
import type { Ctx } from '../../ctx.ts';
import { sendHint } from '../../db/hints.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { lockCollabDoc } from '../../queries/collab.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import { findSamtale, type SamtaleRad } from '../../queries/samtale.ts';

type SamtaleAction = { [A in Action]: Actions[A] extends SamtaleTilgang ? A : never }[Action];

/**
 * The frame of every verb on one samtale: one transaction that locks the row, authorizes on what is locked, does the work,
 * and writes the event with what `work` returns as its data. The ws-servers are told, since what a page shows has changed.
 */
export function endreSamtale(
	ctx: Ctx,
	samtaleId: string,
	action: SamtaleAction,
	type: HendelseType,
	work: (trx: Db, samtale: SamtaleRad) => Promise<Record<string, unknown>>
): Promise<void> {
	if (!erId(samtaleId)) return Promise.reject(new AppError('not_found'));
	return transaction(ctx.db, async (trx) => {
		await lockCollabDoc(trx, samtaleId);
		const samtale = await findSamtale(trx, samtaleId, { forUpdate: true });
		authorize(ctx.actor, action, samtale, ctx.now);
		const data = await work(trx, samtale);
		const rolle: Rolle = ctx.actor.brukerId === samtale.lisId ? 'lis' : 'veileder';
		await insertHendelse(trx, {
			type,
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: rolle,
			lisId: samtale.lisId,
			objektId: samtale.id,
			data,
			requestId: ctx.requestId
		});
		await sendHint(trx, { docs: [samtale.id] });
	});
}

/** Date, time and place as an event keeps them. */
export function tidspunktAv({ dato, fra, til, sted }: Tidspunkt): Tidspunkt {
	return { dato, fra, til, sted };
}
