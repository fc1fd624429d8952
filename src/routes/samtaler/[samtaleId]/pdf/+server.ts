import { hentSamtalePdf } from '#lib/server/views/samtale-pdf.ts';
import { deps } from '#lib/web/deps.ts';
import { attachment } from '#lib/web/download.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** A finished samtale to keep or to print. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { innhold, filnavn } = await vis(event, () => hentSamtalePdf(ctx, event.params.samtaleId, deps().nokkel));
	return new Response(innhold, {
		headers: { 'content-type': 'application/pdf', 'content-disposition': attachment(filnavn) }
	});
};
