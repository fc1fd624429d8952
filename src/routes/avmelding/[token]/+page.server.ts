import { fail } from '@sveltejs/kit';
import { meldAv } from '#lib/server/commands/meld-av.ts';
import { hentAvmelding } from '#lib/server/views/varselvalg.ts';
import { vis } from '#lib/web/feil.ts';
import type { Actions, PageServerLoad } from './$types';

/** The link shows, the button acts (T05); a mail program posts here by itself (RFC 8058), without log-in and without an Origin. */
export const load: PageServerLoad = async (event) => ({
	gruppe: await vis(event, () => hentAvmelding(event.locals.base, event.params.token))
});

export const actions: Actions = {
	default: async (event) => {
		const ok = await vis(event, () => meldAv(event.locals.base, { token: event.params.token }));
		return ok ? { ok } : fail(404, { ok });
	}
};
