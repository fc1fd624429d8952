import { dagINorge } from '#lib/domain/dager.ts';
import { epostSkjema } from '#lib/domain/drift/skjema.ts';
import { rettEpost } from '#lib/server/commands/drift/rett-epost.ts';
import { hentBrukerForDrift } from '#lib/server/views/drift.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return {
		...(await vis(event, () => hentBrukerForDrift(ctx, event.params.brukerId))),
		iDag: dagINorge(ctx.now)
	};
};

export const actions: Actions = {
	epost: async (event) => {
		const ctx = krevCtx(event);
		const { brukerId } = event.params;
		const verdier = await tekstfelter(event.request, ['epost']);
		return svarPa(event, 'epost', verdier, () => rettEpost(ctx, { brukerId, ...tolk(epostSkjema, verdier) }));
	}
};
