import { fail } from '@sveltejs/kit';
import { KONTROLL_BYTES } from '#lib/domain/fil/fil.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { hentNokler, kontrollerPdf } from '#lib/server/views/kontroll.ts';
import { skjemafil, vis } from '#lib/web/feil.ts';
import type { Actions, PageServerLoad } from './$types';

/** Open to everybody: a signature is for whoever is shown the document, with or without a user here. */
export const load: PageServerLoad = async (event) => ({
	nokler: await vis(event, () => hentNokler(event.locals.base.db))
});

export const actions: Actions = {
	default: async (event) => {
		const fil = await skjemafil(event.request, 'fil');
		if (!fil) return fail(400, { feil: m.kontroll_feil_mangler() });
		if (fil.size > KONTROLL_BYTES) return fail(413, { feil: m.kontroll_feil_stor() });
		const bytes = new Uint8Array(await fil.arrayBuffer());
		return { kontroll: await vis(event, () => kontrollerPdf(event.locals.base.db, bytes)) };
	}
};
