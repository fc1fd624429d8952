import { redirect } from '@sveltejs/kit';
import { bekreftSkjema, trekkSkjema } from '#lib/domain/laering/sak-skjema.ts';
import { behandlePlan } from '#lib/server/commands/behandle-plan.ts';
import { bekreftMal } from '#lib/server/commands/bekreft-mal.ts';
import { trekkBekreftelse } from '#lib/server/commands/trekk-bekreftelse.ts';
import { hentSak } from '#lib/server/views/saker.ts';
import { tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { ...(await vis(event, () => hentSak(ctx, event.params.planId))), manglerEid: ctx.manglerEid };
};

export const actions: Actions = {
	bekreft: async (event) => {
		const ctx = krevCtx(event);
		const { planId } = event.params;
		const verdier = await tekstfelterMedFlere(event.request, ['mal'], ['mal']);
		return svarPa(event, 'bekreft', verdier, async () => bekreftMal(ctx, { planId, ...tolk(bekreftSkjema, verdier) }));
	},
	/** The plan is then no longer shared, and the case no longer there. */
	trekk: async (event) => {
		const ctx = krevCtx(event);
		const { planId } = event.params;
		const verdier = await tekstfelterMedFlere(event.request, ['mal', 'grunn'], ['mal']);
		return svarPa(event, 'trekk', verdier, async () => {
			await trekkBekreftelse(ctx, { planId, ...tolk(trekkSkjema, verdier) });
			redirect(303, '/katalog/saker');
		});
	},
	behandle: async (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'behandle', {}, () => behandlePlan(ctx, { planId: event.params.planId }));
	}
};
