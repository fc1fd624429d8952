import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction } from '../../db/pool.ts';
import { findBrukerForDrift, updateEpost } from '../../queries/drift.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/** Drift corrects where a person's mail goes. The event holds no address. Throws `not_found`. */
export async function rettEpost(ctx: Ctx, { brukerId, epost }: { brukerId: string; epost: string }): Promise<void> {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
	if (!erId(brukerId)) throw new AppError('not_found');
	await transaction(ctx.db, async (trx) => {
		if (!(await findBrukerForDrift(trx, brukerId))) throw new AppError('not_found');
		await updateEpost(trx, brukerId, epost);
		await insertHendelse(trx, {
			type: 'bruker.epost-rettet',
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: 'drift',
			objektId: brukerId,
			requestId: ctx.requestId
		});
	});
}
