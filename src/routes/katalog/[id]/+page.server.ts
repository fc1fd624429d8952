import { redirect } from '@sveltejs/kit';
import { hodeSkjema, publiserSkjema } from '#lib/domain/laering/katalog-skjema.ts';
import { flyttTilVersjon } from '#lib/server/commands/flytt-plan.ts';
import { flyttMalIUtkast, slettMal } from '#lib/server/commands/katalog/mal.ts';
import { publiserKatalog } from '#lib/server/commands/katalog/publiser.ts';
import { endreHode, forkastUtkast } from '#lib/server/commands/katalog/utkast.ts';
import { hentKatalogside } from '#lib/server/views/katalog.ts';
import { tekstfelter, tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentKatalogside(ctx, event.params.id));
};

export const actions: Actions = {
	hode: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['navn_nb', 'navn_nn', 'merknad_nb', 'merknad_nn']);
		return svarPa(event, 'hode', verdier, async () =>
			endreHode(ctx, { id: event.params.id, ...tolk(hodeSkjema, verdier) })
		);
	},
	opp: async (event) => {
		const ctx = krevCtx(event);
		const { kode, retning } = await tekstfelter(event.request, ['kode', 'retning']);
		return svarPa(event, `flytt-${kode}`, {}, () =>
			flyttMalIUtkast(ctx, { id: event.params.id, kode, opp: retning !== 'ned' })
		);
	},
	slett: async (event) => {
		const ctx = krevCtx(event);
		const { kode } = await tekstfelter(event.request, ['kode']);
		return svarPa(event, `slett-${kode}`, {}, () => slettMal(ctx, { id: event.params.id, kode }));
	},
	publiser: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['gyldig_fra', 'overgang_til', 'bekreft']);
		return svarPa(event, 'publiser', verdier, async () => {
			const { gyldig_fra, overgang_til } = tolk(publiserSkjema, verdier);
			await publiserKatalog(ctx, { id: event.params.id, gyldig_fra, overgang_til });
		});
	},
	forkast: async (event) => {
		const ctx = krevCtx(event);
		return svarPa(event, 'forkast', {}, async () => {
			await forkastUtkast(ctx, { id: event.params.id });
			redirect(303, '/katalog');
		});
	},
	flytt: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelterMedFlere(event.request, ['plan'], ['plan']);
		const planIder = verdier.plan.split('\n').filter((id) => id !== '');
		return svarPa(event, 'flytt', verdier, () => flyttTilVersjon(ctx, { planIder, katalogId: event.params.id }));
	}
};
