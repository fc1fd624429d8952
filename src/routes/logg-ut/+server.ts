import { redirect } from '@sveltejs/kit';
import { loggUt } from '#lib/server/commands/logg-ut.ts';
import { deleteOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import type { RequestHandler } from './$types';

/** Nobody is logged out by a link (T05): who comes here by an address is sent on. */
export const GET: RequestHandler = () => redirect(303, '/');

export const POST: RequestHandler = async (event) => {
	const { okt, base } = event.locals;
	if (okt) await vis(event, () => loggUt({ ...base, actor: okt.actor }, okt));
	deleteOktCookie(event.cookies, deps().config.origin);
	redirect(303, '/logg-inn?ut=1');
};
