import { hentFremdriftPdf } from '#lib/server/views/fremdrift-papir.ts';
import { attachment } from '#lib/web/download.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** The report of the progress to keep or to print. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { innhold, filnavn } = await vis(event, () => hentFremdriftPdf(ctx, event.params.lisId));
	return new Response(innhold, {
		headers: { 'content-type': 'application/pdf', 'content-disposition': attachment(filnavn) }
	});
};
