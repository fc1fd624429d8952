import { hentBekreftelsePdf } from '#lib/server/views/fremdrift-papir.ts';
import { attachment } from '#lib/web/download.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** The confirmation of the service, as often as it is wanted. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { lisId, bekreftelseId } = event.params;
	const { innhold, filnavn } = await vis(event, () => hentBekreftelsePdf(ctx, lisId, bekreftelseId));
	return new Response(innhold, {
		headers: { 'content-type': 'application/pdf', 'content-disposition': attachment(filnavn) }
	});
};
