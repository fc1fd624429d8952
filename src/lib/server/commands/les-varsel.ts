import type { Kortgruppe } from '#lib/domain/varsel/grupper.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Ctx } from '../ctx.ts';
import { hintVarsel } from '../db/hints.ts';
import { transaction } from '../db/pool.ts';
import { lesAlleVarsler, lesVarsel } from '../queries/varsel-liste.ts';

/** Marks one's own notification as read, on all one's devices, and says where it leads. Throws `not_found` for everybody else's. */
export async function lesEttVarsel(ctx: Ctx, { id }: { id: string }): Promise<{ sti: string }> {
	return transaction(ctx.db, async (trx) => {
		const lest = await lesVarsel(trx, { id, brukerId: ctx.actor.brukerId, now: ctx.now });
		if (!lest) throw new AppError('not_found');
		if (lest.nylig) await hintVarsel(trx, [ctx.actor.brukerId]);
		return { sti: lest.sti };
	});
}

/** Marks all one's own in a group of cards as read, those that were there at `til`. */
export async function lesAlle(ctx: Ctx, { kort, til }: { kort: Kortgruppe; til: Date }): Promise<void> {
	const { brukerId } = ctx.actor;
	await transaction(ctx.db, async (trx) => {
		await lesAlleVarsler(trx, { brukerId, kort, til, now: ctx.now });
		await hintVarsel(trx, [brukerId]);
	});
}
