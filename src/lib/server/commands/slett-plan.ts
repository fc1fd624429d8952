import { overgang } from '#lib/domain/laering/plan.ts';
import type { Ctx } from '../ctx.ts';
import { deletePlan } from '../queries/plan.ts';
import { noter } from './lib/laering.ts';
import { krevStyrer, paPlan } from './lib/plan.ts';

/** Takes a plan away in which nothing has been done. Throws a conflict for one that is begun: it can only be archived. */
export function slettPlan(ctx: Ctx, { planId }: { planId: string }): Promise<void> {
	return paPlan(
		ctx,
		planId,
		(trx, { lisId }) => krevStyrer(trx, ctx, lisId),
		async (trx, plan, rolle) => {
			overgang(plan.status, 'slett');
			await deletePlan(trx, plan.id);
			const spor = { type: 'plan.slettet', rolle, lisId: plan.lisId, objektId: plan.id } as const;
			await noter(trx, ctx, { ...spor, data: { plan: plan.plan, katalogId: plan.katalogId } });
		}
	);
}
