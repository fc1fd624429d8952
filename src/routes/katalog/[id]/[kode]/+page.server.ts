import { redirect } from '@sveltejs/kit';
import { MAL_FELTER, MAL_FLERE, malSkjema } from '#lib/domain/laering/katalog-skjema.ts';
import { lagreMal } from '#lib/server/commands/katalog/mal.ts';
import { hentUtkastMal } from '#lib/server/views/katalog.ts';
import { tekstfelterMedFlere, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa, tolk } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentUtkastMal(ctx, event.params.id, event.params.kode));
};

export const actions: Actions = {
	default: async (event) => {
		const ctx = krevCtx(event);
		const { id, kode } = event.params;
		const ny = kode === 'ny';
		const skrevet = await tekstfelterMedFlere(event.request, MAL_FELTER, MAL_FLERE);
		const verdier = ny ? skrevet : { ...skrevet, kode };
		return svarPa(event, 'mal', verdier, async () => {
			await lagreMal(ctx, { id, mal: tolk(malSkjema, verdier), ny });
			redirect(303, `/katalog/${id}#mal`);
		});
	}
};
