import { meldingSkjema } from '#lib/domain/melding/skjema.ts';
import { skrivMelding, trekkMelding } from '#lib/server/commands/skriv-melding.ts';
import { hentSkrevneMeldinger } from '#lib/server/views/meldinger.ts';
import { tekstfelter, tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentSkrevneMeldinger(ctx));
};

export const actions: Actions = {
	ny: async (event) => {
		const ctx = krevCtx(event);
		// Nobody else is told what is wrong with a form that is not theirs.
		await vis(event, () => hentSkrevneMeldinger(ctx));
		const verdier = await tekstfelterMedFlere(event.request, ['tittel', 'tekst', 'roller', 'fra', 'til'], ['roller']);
		return svarPa(event, 'ny', verdier, async () => {
			await skrivMelding(ctx, tolk(meldingSkjema, verdier));
		});
	},
	trekk: async (event) => {
		const ctx = krevCtx(event);
		const { id } = await tekstfelter(event.request, ['id']);
		return svarPa(event, `trekk-${id}`, { id }, () => trekkMelding(ctx, { id }));
	}
};
