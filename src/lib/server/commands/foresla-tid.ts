import { randomUUID } from 'node:crypto';
import type { Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { closeForslag, insertForslag } from '../queries/forslag.ts';
import { endreSamtale, tidspunktAv } from './lib/endre-samtale.ts';

/** The LIS proposes a date; it replaces an earlier open proposal and changes nothing until the veileder accepts it. */
export function foreslaTid(ctx: Ctx, forslag: Tidspunkt & { samtaleId: string; dato: string }): Promise<void> {
	return endreSamtale(ctx, forslag.samtaleId, 'samtale.foreslaTid', 'samtale.forslag', async (trx, samtale) => {
		await closeForslag(trx, samtale.id, 'erstattet', ctx.now);
		await insertForslag(trx, {
			id: randomUUID(),
			samtaleId: samtale.id,
			av: ctx.actor.brukerId,
			dato: forslag.dato,
			fra: forslag.fra,
			til: forslag.til,
			sted: forslag.sted,
			now: ctx.now
		});
		return { forslag: tidspunktAv(forslag) };
	});
}
