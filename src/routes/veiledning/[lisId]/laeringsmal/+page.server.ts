import { anbefalMal, trekkAnbefaling } from '#lib/server/commands/anbefal-mal.ts';
import { hentLaeringsmalside } from '#lib/server/views/laeringsmal.ts';
import { tekstfelter, tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { side: await vis(event, () => hentLaeringsmalside(ctx, event.params.lisId)) };
};

export const actions: Actions = {
	anbefal: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelterMedFlere(event.request, ['mal'], ['mal']);
		const koder = verdier.mal.split('\n').filter((kode) => kode !== '');
		return svarPa(event, 'anbefal', verdier, () => anbefalMal(ctx, { lisId: event.params.lisId, koder }));
	},
	trekk: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['kode']);
		return svarPa(event, 'trekk', verdier, () => trekkAnbefaling(ctx, { lisId: event.params.lisId, ...verdier }));
	}
};
