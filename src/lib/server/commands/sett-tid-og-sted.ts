import { flytt, type Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { updateTidspunkt } from '../queries/samtale.ts';
import { endreSamtale, tidspunktAv } from './lib/endre-samtale.ts';

/**
 * S7: the veileder sets date, time and place. `versjon` is the one that the form was shown with: throws a conflict when
 * somebody else has changed them since.
 */
export function settTidOgSted(ctx: Ctx, ny: Tidspunkt & { samtaleId: string; versjon: number }): Promise<void> {
	return endreSamtale(ctx, ny.samtaleId, 'samtale.settTid', 'samtale.flyttet', async (trx, samtale) => {
		const flyttet = flytt(samtale, ny.versjon, tidspunktAv(ny));
		await updateTidspunkt(trx, samtale.id, flyttet);
		return { fra: tidspunktAv(samtale), til: tidspunktAv(flyttet) };
	});
}
