import { sendMalSkjema } from '#lib/domain/laering/skjema.ts';
import { purrMal } from '#lib/server/commands/purr.ts';
import { sendMal, trekkMal } from '#lib/server/commands/send-mal.ts';
import { hentMalSide } from '#lib/server/views/mal.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { filregler, svarFraOpplasting } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	const ctx = krevCtx(event);
	return vis(event, async () => ({
		...(await hentMalSide(ctx, event.params.kode, filregler())),
		...{ opplasting: svarFraOpplasting(event.url), megId: ctx.actor.brukerId }
	}));
};

export const actions: Actions = {
	send: async (event) => {
		const ctx = krevCtx(event);
		const { kode } = event.params;
		const verdier = await tekstfelter(event.request, ['dato', 'kommentar']);
		return svarPa(event, 'send', verdier, async () => sendMal(ctx, { kode, ...tolk(sendMalSkjema, verdier) }));
	},
	purr: (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'purr', {}, () => purrMal(ctx, { kode: event.params.kode }));
	},
	trekk: (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'trekk', {}, () => trekkMal(ctx, { kode: event.params.kode }));
	}
};
