import type { Ctx } from '../ctx.ts';
import { avgjor, type SettMal } from './lib/avgjor.ts';
import { oppdaterPlaner, paMal } from './lib/laering.ts';
import { varsleTrukket } from './lib/mal-epost.ts';

/** Withdraws one's own approval, with the reason; the plan is no longer complete, and the LIS is told by a mail that cannot be turned off (S18). */
export function trekkGodkjenning(ctx: Ctx, { grunn, ...sett }: SettMal & { grunn: string }): Promise<void> {
	return paMal(ctx, sett, 'mal.trekkGodkjenning', async (trx, mal) => {
		await avgjor(trx, ctx, mal, { versjon: sett.versjon, handling: 'trekkGodkjenning', endring: { grunn } });
		await oppdaterPlaner(trx, ctx, mal.lisId, [mal.kode], 'leder');
		await varsleTrukket(trx, ctx, sett, 'leder');
	});
}
