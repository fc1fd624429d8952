import { redirect } from '@sveltejs/kit';
import { nyPlanSkjema } from '#lib/domain/laering/katalog-skjema.ts';
import { nyPlan, nyttUtkast } from '#lib/server/commands/katalog/utkast.ts';
import { hentKataloger } from '#lib/server/views/katalog.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { planer: await vis(event, () => hentKataloger(ctx)) };
};

export const actions: Actions = {
	utkast: async (event) => {
		const ctx = krevCtx(event);
		const { plan } = await tekstfelter(event.request, ['plan']);
		return svarPa(event, `utkast-${plan}`, {}, async () => {
			const { id } = await nyttUtkast(ctx, { plan });
			redirect(303, `/katalog/${id}`);
		});
	},
	nyPlan: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['plan', 'navn_nb', 'navn_nn']);
		return svarPa(event, 'ny-plan', verdier, async () => {
			const { id } = await nyPlan(ctx, tolk(nyPlanSkjema, verdier));
			redirect(303, `/katalog/${id}`);
		});
	}
};
