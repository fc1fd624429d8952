import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import { lockKatalog, type UtkastRad } from '../../queries/katalog-utkast.ts';

/** Throws for everybody but Helsedirektoratet. */
export function krevKatalog(ctx: Ctx): void {
	authorize(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
}

/** The frame of every verb on a draft: one transaction that locks it. Throws a conflict when it has been published meanwhile. */
export function paUtkast<T>(ctx: Ctx, id: string, work: (trx: Db, utkast: UtkastRad) => Promise<T>): Promise<T> {
	krevKatalog(ctx);
	return transaction(ctx.db, async (trx) => {
		const utkast = await lockKatalog(trx, id);
		if (!utkast) throw new AppError('not_found');
		if (utkast.status !== 'utkast') throw new AppError('conflict', { reason: 'katalog_konflikt_publisert' });
		return work(trx, utkast);
	});
}

/** Writes the event of an act on a version. */
export function noterKatalog(
	trx: Db,
	ctx: Ctx,
	{
		type,
		objektId,
		data
	}: { type: Extract<HendelseType, `katalog.${string}`>; objektId: string; data?: Record<string, unknown> }
): Promise<void> {
	const { now: at, requestId, actor } = ctx;
	return insertHendelse(trx, {
		...{ type, at, aktorId: actor.brukerId, aktorRolle: 'hdir', objektId, requestId },
		...(data ? { data } : {})
	});
}
