import { enigSkjema, UTDANNINGSPLAN_FELTER, utdanningsplanSkjema } from '#lib/domain/laering/utdanningsplan.ts';
import { enigIUtdanningsplan } from '#lib/server/commands/enig-i-utdanningsplan.ts';
import { skrivUtdanningsplan } from '#lib/server/commands/skriv-utdanningsplan.ts';
import { hentUtdanningsplan } from '#lib/server/views/utdanningsplan.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { plan: await vis(event, () => hentUtdanningsplan(ctx, event.params.lisId)) };
};

export const actions: Actions = {
	skriv: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, UTDANNINGSPLAN_FELTER);
		return svarPa(event, 'plan', verdier, async () =>
			skrivUtdanningsplan(ctx, { lisId: event.params.lisId, ...tolk(utdanningsplanSkjema, verdier) })
		);
	},
	enig: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['versjon']);
		return svarPa(event, 'enig', verdier, async () =>
			enigIUtdanningsplan(ctx, { lisId: event.params.lisId, ...tolk(enigSkjema, verdier) })
		);
	}
};
