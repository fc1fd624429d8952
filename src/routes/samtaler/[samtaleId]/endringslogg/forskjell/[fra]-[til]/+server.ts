import { json } from '@sveltejs/kit';
import { hentForskjell } from '#lib/server/views/endringslogg.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** S8: what changed from one version to another; `?helt=1` with all paragraphs. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { samtaleId, fra, til } = event.params;
	const sporsmal = { samtaleId, fra: Number(fra), til: Number(til), helt: event.url.searchParams.get('helt') === '1' };
	return json(await vis(event, () => hentForskjell(ctx, { ...sporsmal, historikk: deps().historikk })));
};
