import { AppError } from '#lib/domain/feil.ts';
import { gjelder } from '#lib/domain/actor.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { findRelasjon, lockLis } from '../queries/relasjon.ts';
import { avslutt, tilgangEndret } from './lib/relasjoner.ts';

/** Ends a relation now, with a reason; open documents close at once (T03). Throws a conflict when it has ended already. */
export async function avsluttRelasjon(
	ctx: Ctx,
	{ relasjonId, grunn }: { relasjonId: string; grunn: string }
): Promise<void> {
	await transaction(ctx.db, async (trx) => {
		const sett = await findRelasjon(trx, relasjonId);
		if (sett) await lockLis(trx, sett.lisId);
		const relasjon = await findRelasjon(trx, relasjonId);
		authorize(ctx.actor, 'relasjon.avslutt', relasjon, ctx.now);
		if (!gjelder(relasjon, ctx.now)) throw new AppError('conflict', { reason: 'folk_konflikt_avsluttet' });
		const aktorRolle = ctx.actor.brukerId === relasjon.lisId ? 'lis' : relasjon.rolle;
		const h = { aktorId: ctx.actor.brukerId, aktorRolle, now: ctx.now, requestId: ctx.requestId } as const;
		await avslutt(trx, relasjon, grunn, h);
		await tilgangEndret(trx, relasjon.lisId);
	});
}
