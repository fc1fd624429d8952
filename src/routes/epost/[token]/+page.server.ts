import { fail } from '@sveltejs/kit';
import { bekreftEpost } from '#lib/server/commands/bytt-epost.ts';
import { hentEpostBytte } from '#lib/server/views/epost-bytte.ts';
import { vis } from '#lib/web/feil.ts';
import type { Actions, PageServerLoad } from './$types';

/** The link shows, the button acts (T05): programs that open links in mail change nothing. */
export const load: PageServerLoad = async (event) => ({
	bytte: await vis(event, () => hentEpostBytte(event.locals.base, event.params.token))
});

export const actions: Actions = {
	default: async (event) => {
		const ok = await vis(event, () => bekreftEpost(event.locals.base, event.params.token));
		return ok ? { ok } : fail(409, { ok });
	}
};
