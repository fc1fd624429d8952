import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { findGjeldendeKatalogId } from '../queries/katalog.ts';
import { findLis } from '../queries/lis.ts';
import { lockLaering } from '../queries/maloppnaelse.ts';
import { insertPlaner, listPlaner } from '../queries/plan.ts';
import { noter } from './lib/laering.ts';
import { krevStyrer } from './lib/plan.ts';

/**
 * S20: the leder gives a LIS a plan, or Helsedirektoratet does, for one who has shared a plan with it: in the version that those who began when this LIS
 * did are given. Throws `invalid` for a plan that is not published; a conflict when the LIS has it, unless it is archived.
 */
export async function tildelPlan(ctx: Ctx, { lisId, plan }: { lisId: string; plan: string }): Promise<{ id: string }> {
	if (!erId(lisId)) throw new AppError('not_found');
	return transaction(ctx.db, async (trx) => {
		const rolle = await krevStyrer(trx, ctx, lisId);
		await lockLaering(trx, lisId);
		const katalogId = await findGjeldendeKatalogId(trx, plan, (await findLis(trx, lisId))?.startDato ?? null);
		if (katalogId === undefined) throw new AppError('invalid', { fields: { plan: 'katalog_feil_velg_plan' } });
		if ((await listPlaner(trx, lisId)).some((har) => har.plan === plan && har.status !== 'arkivert'))
			throw new AppError('conflict', { reason: 'katalog_konflikt_har_plan' });
		const id = randomUUID();
		await insertPlaner(trx, [{ id, lisId, plan, katalogId, tildeltAv: ctx.actor.brukerId, now: ctx.now }]);
		await noter(trx, ctx, { type: 'plan.tildelt', rolle, lisId, objektId: id, data: { plan, katalogId } });
		return { id };
	});
}
