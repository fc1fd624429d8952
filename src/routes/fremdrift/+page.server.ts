import { lesRekkefolge } from '#lib/domain/laering/rekkefolge.ts';
import { hentFremdriftsliste } from '#lib/server/views/fremdriftsliste.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const rekkefolge = lesRekkefolge(event.url.searchParams.get('sorter'));
	return { rekkefolge, liste: await vis(event, () => hentFremdriftsliste(ctx, rekkefolge)) };
};
