import { fremdriftSomCsv } from '#lib/i18n/fremdrift-csv.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { hentFremdrift } from '#lib/server/views/fremdrift.ts';
import { attachment } from '#lib/web/download.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** The goals with where they stand, for a spreadsheet. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { lis, mal } = await vis(event, () => hentFremdrift(ctx, event.params.lisId));
	return new Response(fremdriftSomCsv(mal, lis.navn), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': attachment(`${m.laering_tittel()} – ${lis.navn}.csv`)
		}
	});
};
