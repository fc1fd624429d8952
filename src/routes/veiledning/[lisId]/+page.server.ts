import { redirect } from '@sveltejs/kit';
import { tidspunktSkjema } from '#lib/domain/samtale/skjema.ts';
import { opprettSamtale } from '#lib/server/commands/opprett-samtale.ts';
import { hentVeiledning } from '#lib/server/views/veiledning.ts';
import { tekstfelter, utfor, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { feilet, merkSkjema, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentVeiledning(ctx, event.params.lisId));
};

export const actions: Actions = {
	ny: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['dato', 'fra', 'til', 'sted']);
		const svar = await utfor(event, verdier, async () =>
			opprettSamtale(ctx, { lisId: event.params.lisId, ...tolk(tidspunktSkjema, verdier) })
		);
		if (feilet(svar)) return merkSkjema('ny', svar);
		redirect(303, `/samtaler/${svar.id}`);
	}
};
