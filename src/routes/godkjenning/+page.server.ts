import type { RequestEvent } from '@sveltejs/kit';
import { begrunnSkjema, godkjennSkjema } from '#lib/domain/laering/vurdering-skjema.ts';
import { godkjennMal } from '#lib/server/commands/godkjenn-mal.ts';
import { sendTilbakeMal } from '#lib/server/commands/send-tilbake-mal.ts';
import { trekkGodkjenning } from '#lib/server/commands/trekk-godkjenning.ts';
import { underkjennMal } from '#lib/server/commands/underkjenn-mal.ts';
import { hentGodkjenning } from '#lib/server/views/godkjenning.ts';
import { tekstfelter, tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { ...(await vis(event, () => hentGodkjenning(ctx))), manglerEid: ctx.manglerEid };
};

const GODKJENN = ['skjema', 'lisId', 'mal', 'uten', 'utenTekst', 'kommentar'] as const;

/** A decision with a reason on one goal. */
const begrunnet = (navn: string, command: typeof sendTilbakeMal) => async (event: RequestEvent) => {
	const ctx = krevCtx(event);
	const verdier = await tekstfelter(event.request, ['lisId', 'kode', 'versjon', 'grunn']);
	const { lisId, kode } = verdier;
	return svarPa(event, `${navn}-${lisId}-${kode}`, verdier, async () =>
		command(ctx, { lisId, kode, ...tolk(begrunnSkjema, verdier) })
	);
};

export const actions: Actions = {
	godkjenn: async (event) => {
		const ctx = krevCtx(event);
		const { skjema, ...verdier } = await tekstfelterMedFlere(event.request, GODKJENN, ['mal']);
		return svarPa(event, skjema, verdier, async () =>
			godkjennMal(ctx, { lisId: verdier.lisId, ...tolk(godkjennSkjema, verdier) })
		);
	},
	tilbake: begrunnet('tilbake', sendTilbakeMal),
	underkjenn: begrunnet('underkjenn', underkjennMal),
	trekk: begrunnet('trekk', trekkGodkjenning)
};
