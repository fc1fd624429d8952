import { json } from '@sveltejs/kit';
import { hentEndringslogg } from '#lib/server/views/endringslogg.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** S8: a page of the endringslogg, for the list that follows while people write. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { samtaleId } = event.params;
	const foer = event.url.searchParams.get('foer');
	return json(await vis(event, () => hentEndringslogg(ctx, { samtaleId, foer, historikk: deps().historikk })));
};
