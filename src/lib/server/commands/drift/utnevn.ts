import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { avsluttFastRolle, harFastRolle, insertFastRolle, lockBruker } from '../../queries/fast-rolle.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/**
 * Drift appoints a person at Helsedirektoratet, with a reason. Nobody appoints themself; roles of drift come by the command line only.
 * Throws `not_found`, and a conflict when the person has the role, is not active, or is whoever asks.
 */
export async function utnevnHdir(ctx: Ctx, hvem: { brukerId: string; grunn: string }): Promise<void> {
	await endre(ctx, hvem, 'rolle.gitt', async (trx, bruker) => {
		if (bruker.id === ctx.actor.brukerId) throw new AppError('conflict', { reason: 'drift_konflikt_selv' });
		if (bruker.status !== 'aktiv' && bruker.status !== 'varslet')
			throw new AppError('conflict', { reason: 'drift_konflikt_ikke_aktiv' });
		if (await harFastRolle(trx, bruker.id, 'hdir')) throw new AppError('conflict', { reason: 'drift_konflikt_har' });
		await insertFastRolle(trx, { brukerId: bruker.id, rolle: 'hdir', fra: ctx.now });
	});
}

/** Takes the role away, with a reason; what follows from it ends at once. Throws `not_found`, and a conflict when they do not have it. */
export async function avsettHdir(ctx: Ctx, hvem: { brukerId: string; grunn: string }): Promise<void> {
	await endre(ctx, hvem, 'rolle.avsluttet', async (trx, bruker) => {
		if (!(await avsluttFastRolle(trx, { brukerId: bruker.id, rolle: 'hdir', til: ctx.now })))
			throw new AppError('conflict', { reason: 'drift_konflikt_har_ikke' });
	});
}

async function endre(
	ctx: Ctx,
	{ brukerId, grunn }: { brukerId: string; grunn: string },
	type: 'rolle.gitt' | 'rolle.avsluttet',
	work: (trx: Db, bruker: { id: string; status: string }) => Promise<void>
): Promise<void> {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
	if (!erId(brukerId)) throw new AppError('not_found');
	await transaction(ctx.db, async (trx) => {
		const bruker = await lockBruker(trx, brukerId);
		if (!bruker) throw new AppError('not_found');
		await work(trx, bruker);
		await insertHendelse(trx, {
			...{ type, at: ctx.now, aktorId: ctx.actor.brukerId, aktorRolle: 'drift', objektId: brukerId },
			...{ data: { rolle: 'hdir', grunn }, requestId: ctx.requestId }
		});
	});
}
