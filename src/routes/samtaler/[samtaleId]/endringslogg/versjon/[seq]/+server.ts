import { json } from '@sveltejs/kit';
import { hentVersjon } from '#lib/server/views/endringslogg.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** S8: both parts as they stood at one position of the log. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { samtaleId, seq } = event.params;
	return json(await vis(event, () => hentVersjon(ctx, { samtaleId, seq: Number(seq), historikk: deps().historikk })));
};
