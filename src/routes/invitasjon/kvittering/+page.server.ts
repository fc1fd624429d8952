import { redirect } from '@sveltejs/kit';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import { hentKvittering } from '#lib/server/views/invitasjon.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const kvittering = await vis(event, () => hentKvittering(ctx));
	if (!kvittering) redirect(303, '/hjem');
	return { kvittering, neste: tryggNeste(event.url.searchParams.get('neste')) };
};
