import { redirect } from '@sveltejs/kit';
import { lestSkjema } from '#lib/domain/varsel/lest.ts';
import { lesAlle } from '#lib/server/commands/les-varsel.ts';
import { hentVarsler } from '#lib/server/views/varsler.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

/** More than anybody looks back on a page. */
const ANTALL = 100;

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	event.depends('lis:varsler');
	return { varsler: await vis(event, () => hentVarsler(ctx, null, ANTALL)) };
};

export const actions: Actions = {
	lest: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['kort', 'til']);
		const svar = await svarPa(event, 'lest', verdier, () => lesAlle(ctx, tolk(lestSkjema, verdier)));
		// Without scripts one comes back to the page that one pressed on.
		if ('ok' in svar && event.request.headers.get('referer')?.endsWith('/hjem')) redirect(303, '/hjem');
		return svar;
	}
};
