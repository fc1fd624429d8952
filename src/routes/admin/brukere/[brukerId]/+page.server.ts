import { dagINorge } from '#lib/domain/dager.ts';
import { epostSkjema, grunnSkjema } from '#lib/domain/drift/skjema.ts';
import { avsluttFeilRelasjon } from '#lib/server/commands/drift/avslutt-relasjon.ts';
import { rettEpost } from '#lib/server/commands/drift/rett-epost.ts';
import { avsettHdir, utnevnHdir } from '#lib/server/commands/drift/utnevn.ts';
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
	},
	avslutt: async (event) => {
		const ctx = krevCtx(event);
		const { brukerId } = event.params;
		const verdier = await tekstfelter(event.request, ['relasjonId', 'grunn']);
		const { relasjonId } = verdier;
		return svarPa(event, `avslutt-${relasjonId}`, verdier, async () =>
			avsluttFeilRelasjon(ctx, { brukerId, relasjonId, ...tolk(grunnSkjema, verdier) })
		);
	},
	utnevn: async (event) => {
		const ctx = krevCtx(event);
		const { brukerId } = event.params;
		const verdier = await tekstfelter(event.request, ['grunn']);
		return svarPa(event, 'utnevn', verdier, async () => utnevnHdir(ctx, { brukerId, ...tolk(grunnSkjema, verdier) }));
	},
	avsett: async (event) => {
		const ctx = krevCtx(event);
		const { brukerId } = event.params;
		const verdier = await tekstfelter(event.request, ['grunn']);
		return svarPa(event, 'avsett', verdier, async () => avsettHdir(ctx, { brukerId, ...tolk(grunnSkjema, verdier) }));
	}
};
