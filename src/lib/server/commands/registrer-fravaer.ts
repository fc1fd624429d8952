import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import type { NyttFravaer } from '#lib/domain/laering/fravaer.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { insertFravaer, listFravaer } from '../queries/fravaer.ts';
import { lockLaering } from '../queries/maloppnaelse.ts';
import { noter } from './lib/laering.ts';

/**
 * The LIS registers an absence; it moves the week and the planned end. The event says the kind and nothing more of it: days and percent
 * can tell of somebody's health. Throws a conflict for one that stands already, as when a form is sent twice.
 */
export async function registrerFravaer(ctx: Ctx, { lisId, ...ny }: NyttFravaer & { lisId: string }): Promise<void> {
	authorize(ctx.actor, 'laering.for', { lisId }, ctx.now);
	const id = randomUUID();
	await transaction(ctx.db, async (trx) => {
		await lockLaering(trx, lisId);
		const like = (en: NyttFravaer) =>
			en.slag === ny.slag && en.fra === ny.fra && en.til === ny.til && en.prosent === ny.prosent;
		if ((await listFravaer(trx, lisId)).some(like))
			throw new AppError('conflict', { reason: 'fremdrift_konflikt_fravaer_finnes' });
		await insertFravaer(trx, { id, lisId, ...ny, av: ctx.actor.brukerId, now: ctx.now });
		await noter(trx, ctx, {
			...{ type: 'fravaer.registrert', rolle: 'lis', lisId, objektId: id },
			data: { slag: ny.slag }
		});
	});
}
