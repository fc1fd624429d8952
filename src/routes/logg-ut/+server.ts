import { redirect } from '@sveltejs/kit';
import { loggUt } from '#lib/server/commands/logg-ut.ts';
import { deleteOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { utloggingsside } from '#lib/web/mellomside.ts';
import type { RequestHandler } from './$types';

/** Nobody is logged out by a link (T05): who comes here by an address is sent on. */
export const GET: RequestHandler = () => redirect(303, '/');

export const POST: RequestHandler = async (event) => {
	const { okt } = event.locals;
	const { config, eid } = deps();
	const videre = okt && (await vis(event, () => loggUt(krevCtx(event), okt, { klient: eid, pidKey: config.pidKey })));
	deleteOktCookie(event.cookies, config.origin);
	if (videre) return utloggingsside(event.locals.sprak, videre);
	redirect(303, '/logg-inn?ut=1');
};
