import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { flyttPlan } from './lib/laering.ts';
import { paPlan } from './lib/plan.ts';

/** The LIS shares a finished plan with Helsedirektoratet, which can read it from then on. Throws a conflict for one that is not finished. */
export function delPlan(ctx: Ctx, { planId }: { planId: string }): Promise<void> {
	return paPlan(
		ctx,
		planId,
		(_, { lisId }) => {
			authorize(ctx.actor, 'laering.for', { lisId }, ctx.now);
			return 'lis';
		},
		(trx, plan, rolle) => flyttPlan(trx, ctx, plan, 'del', rolle)
	);
}
