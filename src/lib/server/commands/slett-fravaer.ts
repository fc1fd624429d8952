import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { lockFravaer, updateFravaerSlettet } from '../queries/fravaer.ts';
import { noter } from './lib/laering.ts';

/** The LIS takes an absence out; its row stays, and no longer counts. Throws `not_found` for one that is not there or not theirs. */
export async function slettFravaer(
	ctx: Ctx,
	{ lisId, fravaerId }: { lisId: string; fravaerId: string }
): Promise<void> {
	authorize(ctx.actor, 'laering.for', { lisId }, ctx.now);
	await transaction(ctx.db, async (trx) => {
		const fravaer = await lockFravaer(trx, fravaerId);
		if (fravaer?.lisId !== lisId) throw new AppError('not_found');
		await updateFravaerSlettet(trx, fravaerId, ctx.now);
		await noter(trx, ctx, {
			...{ type: 'fravaer.slettet', rolle: 'lis', lisId, objektId: fravaerId },
			data: { slag: fravaer.slag }
		});
	});
}
