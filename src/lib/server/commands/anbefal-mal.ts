import { randomUUID } from 'node:crypto';
import { harRolleFor } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { HVORFOR_IKKE, kanAnbefales } from '#lib/domain/laering/mal.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { insertAnbefaling, updateAnbefalingTrukket } from '../queries/anbefaling.ts';
import type { MalRad } from '../queries/maloppnaelse.ts';
import { laasMal, noter, paMal } from './lib/laering.ts';

/**
 * «Anbefal», several goals at once: all or none. As the veileder when one is that, else as a supervisør. One that has been given already stands as it is.
 * Throws a conflict when one of the goals is approved.
 */
export async function anbefalMal(ctx: Ctx, { lisId, koder }: { lisId: string; koder: string[] }): Promise<void> {
	if (koder.length === 0) throw new AppError('invalid', { fields: { mal: 'godkjenning_feil_velg' } });
	await transaction(ctx.db, async (trx) => {
		for (const kode of new Set(koder)) {
			const mal = await laasMal(trx, ctx, { lisId, kode }, 'mal.anbefal');
			kreverApent(mal);
			await anbefalLaast(trx, ctx, mal);
		}
	});
}

async function anbefalLaast(trx: Db, ctx: Ctx, { lisId, kode }: MalRad): Promise<void> {
	const rolle = harRolleFor(ctx.actor, 'veileder', lisId, ctx.now) ? 'veileder' : 'supervisor';
	const id = randomUUID();
	if (await insertAnbefaling(trx, { id, lisId, kode, av: ctx.actor.brukerId, rolle, now: ctx.now }))
		await noter(trx, ctx, { type: 'mal.anbefalt', rolle, lisId, objektId: id, data: { kode } });
}

/** Takes back one's own recommendation. Throws a conflict when there is none, or when the goal has been approved with it. */
export function trekkAnbefaling(ctx: Ctx, { lisId, kode }: { lisId: string; kode: string }): Promise<void> {
	return paMal(ctx, { lisId, kode }, 'mal.anbefal', async (trx, mal) => {
		kreverApent(mal);
		const av = ctx.actor.brukerId;
		if ((await updateAnbefalingTrukket(trx, { lisId, kode, av, now: ctx.now })) === 0)
			throw new AppError('conflict', { reason: 'godkjenning_konflikt_anbefaling_borte' });
		const rolle = harRolleFor(ctx.actor, 'veileder', lisId, ctx.now) ? 'veileder' : 'supervisor';
		await noter(trx, ctx, { type: 'mal.anbefaling-trukket', rolle, lisId, data: { kode } });
	});
}

function kreverApent(mal: MalRad): void {
	if (!kanAnbefales(mal.status)) throw new AppError('conflict', { reason: HVORFOR_IKKE[mal.status] });
}
