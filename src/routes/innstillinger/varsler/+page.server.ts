import { tolkValg, VALGFELTER } from '#lib/domain/varsel/skjema.ts';
import { settVarselvalg } from '#lib/server/commands/sett-varselvalg.ts';
import { hentVarselvalg } from '#lib/server/views/varselvalg.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { innstillinger: await vis(event, () => hentVarselvalg(ctx)) };
};

export const actions: Actions = {
	default: async (event) => {
		const ctx = krevCtx(event);
		const felter = await tekstfelter(event.request, VALGFELTER);
		return svarPa(event, 'varsler', felter, () => settVarselvalg(ctx, tolkValg(felter)));
	}
};
