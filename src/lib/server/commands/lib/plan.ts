import type { Rolle } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { authorize, can } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { lockLaering } from '../../queries/maloppnaelse.ts';
import { findPlan, harDeltPlan, type PlanRad } from '../../queries/plan.ts';

/** A goal in the version in which it was seen. */
export type SettKode = { kode: string; versjon: number };

/** Lets Helsedirektoratet at a LIS whom it may know of: one who has shared a plan. */
export function krevHdirFor(ctx: Ctx, lisId: string, delt: boolean): void {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	authorize(ctx.actor, 'laering.se', { lisId, delt }, ctx.now);
}

/** In which role somebody steers the plans of a LIS; throws when they may not. */
export async function krevStyrer(db: Db, ctx: Ctx, lisId: string): Promise<Extract<Rolle, 'leder' | 'hdir'>> {
	if (can(ctx.actor, 'portal.katalog', { portal: true }, ctx.now)) {
		const delt = await harDeltPlan(db, lisId);
		if (can(ctx.actor, 'laering.se', { lisId, delt }, ctx.now)) return 'hdir';
	}
	authorize(ctx.actor, 'plan.styr', { lisId }, ctx.now);
	return 'leder';
}

/**
 * The frame of every verb on one plan: one transaction that locks the LIS' record and then the row; `krev` authorizes, before and on what is locked, and
 * says in which role.
 */
export function paPlan<T>(
	ctx: Ctx,
	planId: string,
	krev: (trx: Db, plan: PlanRad) => Rolle | Promise<Rolle>,
	work: (trx: Db, plan: PlanRad, rolle: Rolle) => Promise<T>
): Promise<T> {
	return transaction(ctx.db, async (trx) => {
		const sett = await findPlan(trx, planId);
		if (!sett) throw new AppError('not_found');
		await krev(trx, sett);
		await lockLaering(trx, sett.lisId);
		const plan = await findPlan(trx, planId, { forUpdate: true });
		if (!plan) throw new AppError('not_found');
		return work(trx, plan, await krev(trx, plan));
	});
}
