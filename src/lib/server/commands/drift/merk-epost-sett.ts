import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction } from '../../db/pool.ts';
import { markEpostSett } from '../../queries/drift.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/** Drift has seen that a mail failed: it leaves the list, and is deleted in time (queries/rydding.ts). Throws `not_found`. */
export async function merkEpostSett(ctx: Ctx, { epostId }: { epostId: string }): Promise<void> {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
	if (!erId(epostId)) throw new AppError('not_found');
	await transaction(ctx.db, async (trx) => {
		if (!(await markEpostSett(trx, epostId, ctx.now))) throw new AppError('not_found');
		await insertHendelse(trx, {
			...{ type: 'epost.sett', at: ctx.now, aktorId: ctx.actor.brukerId, aktorRolle: 'drift' },
			...{ objektId: epostId, requestId: ctx.requestId }
		});
	});
}
