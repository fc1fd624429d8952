import { json } from '@sveltejs/kit';
import { hentVarselversjon } from '#lib/server/views/varsler.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** Shorter than what proxies let a request take. */
const VENT_MS = 20_000;

/**
 * The version of one's notifications. With the one that the page shows as If-None-Match, the answer waits until it is another: 304 when none came. One
 * request for an open page, and a card within a second of what it tells.
 */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const sett = event.request.headers.get('if-none-match');
	const slutt = performance.now() + VENT_MS;
	const ferdig = new AbortController();
	const signal = AbortSignal.any([event.request.signal, ferdig.signal]);
	let versjon: string;
	try {
		for (let videre = true; ;) {
			// Waits before it looks: what comes in between is not missed.
			const nytt = deps().varsellytter.vent(ctx.actor.brukerId, slutt - performance.now(), signal);
			versjon = `"${await vis(event, () => hentVarselversjon(ctx))}"`;
			if (versjon !== sett || !videre) break;
			videre = await nytt;
		}
	} finally {
		ferdig.abort();
	}
	const headers = { etag: versjon, 'cache-control': 'no-store' };
	return versjon === sett ? new Response(null, { status: 304, headers }) : json({ versjon }, { headers });
};
