import type { Ctx } from '../ctx.ts';
import { avgjor, type SettMal } from './lib/avgjor.ts';
import { paMal } from './lib/laering.ts';

/** «Send tilbake»: the LIS is told what to do first, and sends it again. */
export function sendTilbakeMal(ctx: Ctx, { grunn, ...sett }: SettMal & { grunn: string }): Promise<void> {
	return paMal(ctx, sett, 'mal.avgjor', (trx, mal) =>
		avgjor(trx, ctx, mal, { versjon: sett.versjon, handling: 'sendTilbake', endring: { grunn } })
	);
}
