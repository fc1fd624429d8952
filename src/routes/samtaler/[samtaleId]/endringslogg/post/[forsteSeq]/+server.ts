import { json } from '@sveltejs/kit';
import { hentPost } from '#lib/server/views/endringslogg.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** S8: what one entry of the endringslogg changed; `?helt=1` with all paragraphs. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { samtaleId, forsteSeq } = event.params;
	const helt = event.url.searchParams.get('helt') === '1';
	const { historikk } = deps();
	return json(await vis(event, () => hentPost(ctx, { samtaleId, forsteSeq: Number(forsteSeq), helt, historikk })));
};
