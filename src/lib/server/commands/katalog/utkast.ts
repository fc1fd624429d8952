import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Hode } from '#lib/domain/laering/katalog-skjema.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction } from '../../db/pool.ts';
import { listKataloger } from '../../queries/katalog.ts';
import { deleteUtkast, insertNyPlan, insertUtkastFra, updateHode } from '../../queries/katalog-utkast.ts';
import { krevKatalog, noterKatalog, paUtkast } from '../lib/katalog.ts';

/** A draft of the next version of a plan, from its newest one. Throws a conflict when there is a draft already. */
export async function nyttUtkast(ctx: Ctx, { plan }: { plan: string }): Promise<{ id: string }> {
	krevKatalog(ctx);
	return transaction(ctx.db, async (trx) => {
		const nyeste = (await listKataloger(trx)).find((versjon) => versjon.plan === plan);
		if (!nyeste) throw new AppError('not_found');
		const id = randomUUID();
		const ny = { id, fra: nyeste.id, av: ctx.actor.brukerId, now: ctx.now };
		if (nyeste.status === 'utkast' || !(await insertUtkastFra(trx, ny)))
			throw new AppError('conflict', { reason: 'katalog_konflikt_utkast_finnes' });
		await noterKatalog(trx, ctx, { type: 'katalog.utkast', objektId: id, data: { plan, fra: nyeste.id } });
		return { id };
	});
}

/** A plan of Helsedirektoratet's own, as an empty draft. Throws `invalid` when there is one by that name. */
export async function nyPlan(
	ctx: Ctx,
	ny: { plan: string; navn_nb: string; navn_nn: string }
): Promise<{ id: string }> {
	krevKatalog(ctx);
	return transaction(ctx.db, async (trx) => {
		const id = randomUUID();
		const resten = { dag: dagINorge(ctx.now), av: ctx.actor.brukerId, now: ctx.now };
		if (!(await insertNyPlan(trx, { id, ...ny, ...resten })))
			throw new AppError('invalid', { fields: { plan: 'katalog_feil_plan_finnes' } });
		await noterKatalog(trx, ctx, { type: 'katalog.utkast', objektId: id, data: { plan: ny.plan } });
		return { id };
	});
}

/** Changes the names and the note of a draft. */
export function endreHode(ctx: Ctx, { id, ...hode }: { id: string } & Hode): Promise<void> {
	return paUtkast(ctx, id, async (trx) => {
		await updateHode(trx, id, hode);
		await noterKatalog(trx, ctx, { type: 'katalog.endret', objektId: id, data: hode });
	});
}

/** Takes a draft away. */
export function forkastUtkast(ctx: Ctx, { id }: { id: string }): Promise<void> {
	return paUtkast(ctx, id, async (trx, { plan, versjon }) => {
		await deleteUtkast(trx, id);
		await noterKatalog(trx, ctx, { type: 'katalog.forkastet', objektId: id, data: { plan, versjon } });
	});
}
