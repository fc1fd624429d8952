import { gjelder } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction } from '../../db/pool.ts';
import { findRelasjon, lockLis } from '../../queries/relasjon.ts';
import { avslutt, tilgangEndret } from '../lib/relasjoner.ts';

/**
 * Drift ends a wrong relation of a person, to either side, with a reason; access ends at once, on HTTP and on sockets (T03). Throws
 * `not_found` for one that is not theirs, and a conflict when it has ended already.
 */
export async function avsluttFeilRelasjon(
	ctx: Ctx,
	{ brukerId, relasjonId, grunn }: { brukerId: string; relasjonId: string; grunn: string }
): Promise<void> {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
	await transaction(ctx.db, async (trx) => {
		const sett = await findRelasjon(trx, relasjonId);
		if (!sett || (sett.lisId !== brukerId && sett.personId !== brukerId)) throw new AppError('not_found');
		await lockLis(trx, sett.lisId);
		const relasjon = await findRelasjon(trx, relasjonId);
		if (!relasjon || !gjelder(relasjon, ctx.now)) throw new AppError('conflict', { reason: 'folk_konflikt_avsluttet' });
		const h = { aktorId: ctx.actor.brukerId, aktorRolle: 'drift', now: ctx.now, requestId: ctx.requestId } as const;
		await avslutt(trx, relasjon, grunn, h);
		await tilgangEndret(trx, relasjon.lisId);
	});
}
