import { AppError } from '#lib/domain/feil.ts';
import type { Ctx } from '../ctx.ts';
import { updatePlan } from '../queries/plan.ts';
import { noter } from './lib/laering.ts';
import { krevHdirFor, paPlan } from './lib/plan.ts';

/** Helsedirektoratet is done with a shared plan. Throws a conflict when somebody was first. */
export function behandlePlan(ctx: Ctx, { planId }: { planId: string }): Promise<void> {
	return paPlan(
		ctx,
		planId,
		(_, { lisId, status }) => {
			krevHdirFor(ctx, lisId, status === 'delt');
			return 'hdir';
		},
		async (trx, plan, rolle) => {
			if (plan.behandletAt) throw new AppError('conflict', { reason: 'katalog_konflikt_behandlet' });
			await updatePlan(trx, plan.id, { behandlet_at: ctx.now });
			await noter(trx, ctx, { type: 'plan.behandlet', rolle, lisId: plan.lisId, objektId: plan.id });
		}
	);
}
