import { slettFil } from '#lib/server/commands/slett-fil.ts';
import { hentFilside } from '#lib/server/views/filer.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { filregler, svarFraOpplasting } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const side = await vis(event, () => hentFilside(ctx, event.params.lisId, event.url.searchParams, filregler()));
	// What the form without scripts was answered with (last-opp/+server.ts).
	return { side, opplasting: svarFraOpplasting(event.url) };
};

export const actions: Actions = {
	slett: async (event) => {
		const ctx = krevCtx(event);
		const { filId } = await tekstfelter(event.request, ['filId']);
		return svarPa(event, `slett-${filId}`, {}, () => slettFil(ctx, { lisId: event.params.lisId, filId }));
	}
};
