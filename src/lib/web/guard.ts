import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { manglerEid } from '#lib/domain/eid.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import type { Okt } from '#lib/server/auth/okter.ts';
import { deps } from './deps.ts';

/**
 * The context of the person who asks; every load, action and endpoint behind log-in begins here. Sends the not-logged-in
 * to log-in (a script that asks for JSON gets 401), and answers 503 while the database is away.
 */
export function krevCtx(event: RequestEvent): Ctx {
	const okt = krevOkt(event);
	return { ...event.locals.base, actor: okt.actor, manglerEid: manglerEid(okt, deps().config.eidForSigning) };
}

/** The session of the person who asks. */
export function krevOkt(event: RequestEvent): Okt {
	const { locals, url, request } = event;
	if (locals.utilgjengelig) error(503, { message: 'felles_feil_utilgjengelig', id: locals.base.requestId });
	if (locals.okt) return locals.okt;
	if (url.pathname.startsWith('/api/'))
		error(401, { message: 'felles_feil_ikke_innlogget', id: locals.base.requestId });
	const next = request.method === 'GET' ? url.pathname + url.search : '/hjem';
	redirect(303, `/logg-inn?next=${encodeURIComponent(next)}`);
}
