import { AppError } from '#lib/domain/feil.ts';
import type { Ctx } from '../ctx.ts';
import { closeForslag, findApentForslag } from '../queries/forslag.ts';
import { updateTidspunkt } from '../queries/samtale.ts';
import { endreSamtale, tidspunktAv } from './lib/endre-samtale.ts';

/** The veileder accepts the proposed date: it becomes the date. Throws a conflict when that proposal no longer stands. */
export function godtaForslag(ctx: Ctx, svar: { samtaleId: string; forslagId: string }): Promise<void> {
	return endreSamtale(ctx, svar.samtaleId, 'samtale.settTid', 'samtale.forslag-godtatt', async (trx, samtale) => {
		const forslag = await findApentForslag(trx, samtale.id);
		if (!forslag || forslag.id !== svar.forslagId)
			throw new AppError('conflict', { reason: 'samtale_konflikt_forslag_borte' });
		await closeForslag(trx, samtale.id, 'godtatt', ctx.now);
		// A proposal without a place is no wish to remove the place.
		const ny = { ...tidspunktAv(forslag), sted: forslag.sted ?? samtale.sted };
		await updateTidspunkt(trx, samtale.id, ny);
		return { fra: tidspunktAv(samtale), til: ny };
	});
}

/** The veileder declines the proposed date. Throws a conflict when that proposal no longer stands. */
export function avvisForslag(ctx: Ctx, svar: { samtaleId: string; forslagId: string }): Promise<void> {
	return endreSamtale(ctx, svar.samtaleId, 'samtale.settTid', 'samtale.forslag-avvist', async (trx, samtale) => {
		const forslag = await findApentForslag(trx, samtale.id);
		if (forslag?.id !== svar.forslagId) throw new AppError('conflict', { reason: 'samtale_konflikt_forslag_borte' });
		await closeForslag(trx, samtale.id, 'avvist', ctx.now);
		return {};
	});
}
