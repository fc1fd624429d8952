import type { Ctx } from '../ctx.ts';
import { avgjor, type SettMal } from './lib/avgjor.ts';
import { paMal } from './lib/laering.ts';

/** «Underkjenn», with the reason; the LIS may ask for a new assessment. */
export function underkjennMal(ctx: Ctx, { grunn, ...sett }: SettMal & { grunn: string }): Promise<void> {
	return paMal(ctx, sett, 'mal.avgjor', (trx, mal) =>
		avgjor(trx, ctx, mal, { versjon: sett.versjon, handling: 'underkjenn', endring: { grunn } })
	);
}
