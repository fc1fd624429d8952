import { dagINorge } from '#lib/domain/dager.ts';
import { BEKREFT_FELTER, bekreftSkjema } from '#lib/domain/laering/bekreftelse.ts';
import { FRAVAER_FELTER, fravaerSkjema } from '#lib/domain/laering/fravaer.ts';
import { bekreftTjeneste } from '#lib/server/commands/bekreft-tjeneste.ts';
import { purrAktivitet, purrMal } from '#lib/server/commands/purr.ts';
import { registrerFravaer } from '#lib/server/commands/registrer-fravaer.ts';
import { slettFravaer } from '#lib/server/commands/slett-fravaer.ts';
import { hentFremdrift } from '#lib/server/views/fremdrift.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { fremdrift: await vis(event, () => hentFremdrift(ctx, event.params.lisId)) };
};

export const actions: Actions = {
	fravaer: async (event) => {
		const ctx = krevCtx(event);
		const { lisId } = event.params;
		const verdier = await tekstfelter(event.request, FRAVAER_FELTER);
		return svarPa(event, 'fravaer', verdier, async () =>
			registrerFravaer(ctx, { lisId, ...tolk(fravaerSkjema(dagINorge(ctx.now)), verdier) })
		);
	},
	slett: async (event) => {
		const ctx = krevCtx(event);
		const { lisId } = event.params;
		const verdier = await tekstfelter(event.request, ['fravaerId']);
		return svarPa(event, `slett-${verdier.fravaerId}`, verdier, () => slettFravaer(ctx, { lisId, ...verdier }));
	},
	purr: async (event) => {
		const ctx = krevCtx(event);
		const { aktivitet: id, kode } = await tekstfelter(event.request, ['aktivitet', 'kode']);
		return svarPa(event, `purr-${id || kode}`, {}, () => (id ? purrAktivitet(ctx, { id }) : purrMal(ctx, { kode })));
	},
	bekreft: async (event) => {
		const ctx = krevCtx(event);
		const { lisId } = event.params;
		const verdier = await tekstfelter(event.request, BEKREFT_FELTER);
		return svarPa(event, 'bekreft', verdier, async () => {
			await bekreftTjeneste(ctx, { lisId, ...tolk(bekreftSkjema(dagINorge(ctx.now)), verdier) });
		});
	}
};
