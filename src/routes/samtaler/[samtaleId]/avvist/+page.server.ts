import { slettAvvisteSkjema } from '#lib/domain/samtale/avvist.ts';
import { slettAvviste } from '#lib/server/commands/slett-avviste.ts';
import { hentAvvisteSide } from '#lib/server/views/avvist.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentAvvisteSide(ctx, event.params.samtaleId));
};

export const actions: Actions = {
	slett: async (event) => {
		const ctx = krevCtx(event);
		const { samtaleId } = event.params;
		const verdier = await tekstfelter(event.request, ['til']);
		return svarPa(event, 'slett', {}, () => slettAvviste(ctx, { samtaleId, ...tolk(slettAvvisteSkjema, verdier) }));
	}
};
