import type { Ctx } from '../ctx.ts';
import { flyttPlan } from './lib/laering.ts';
import { krevStyrer, paPlan } from './lib/plan.ts';

/** Archives a plan that is begun; what was done in it stays. Throws a conflict for one that is not begun: it is deleted instead. */
export function arkiverPlan(ctx: Ctx, { planId }: { planId: string }): Promise<void> {
	return paPlan(
		ctx,
		planId,
		(trx, { lisId }) => krevStyrer(trx, ctx, lisId),
		(trx, plan, rolle) => flyttPlan(trx, ctx, plan, 'arkiver', rolle)
	);
}
