import { hentSamtaleIcs } from '#lib/server/views/samtale-ics.ts';
import { deps } from '#lib/web/deps.ts';
import { attachment } from '#lib/web/download.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** The date of a samtale for a calendar. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { origin } = deps().config;
	const { ics, dato } = await vis(event, () => hentSamtaleIcs(ctx, event.params.samtaleId, { origin }));
	return new Response(ics, {
		headers: {
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': attachment(`veiledningssamtale-${dato}.ics`)
		}
	});
};
