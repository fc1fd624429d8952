import { arbeidsstedSkjema, kommuneSkjema } from '#lib/domain/drift/skjema.ts';
import { nyKommune, nyttArbeidssted } from '#lib/server/commands/drift/steder.ts';
import { hentSteder } from '#lib/server/views/drift.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return { kommuner: await vis(event, () => hentSteder(ctx)) };
};

export const actions: Actions = {
	kommune: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['nummer', 'navn']);
		return svarPa(event, 'kommune', verdier, () => nyKommune(ctx, tolk(kommuneSkjema, verdier)));
	},
	sted: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['kommune', 'navn', 'slag']);
		return svarPa(event, 'sted', verdier, () => nyttArbeidssted(ctx, tolk(arbeidsstedSkjema, verdier)));
	}
};
