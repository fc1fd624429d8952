import { redirect } from '@sveltejs/kit';
import { setInvitasjonCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import type { RequestHandler } from './$types';

const TOKEN = /^[\w-]{43}$/;

/**
 * The link of the mail (T13). The token moves into a cookie, so that it stands in no address, history or Referer from here on; whether
 * it is good for anything is not looked at, so that every link is answered alike.
 */
export const GET: RequestHandler = ({ cookies, params }) => {
	setInvitasjonCookie(cookies, deps().config.origin, TOKEN.test(params.token) ? params.token : '-');
	redirect(303, '/invitasjon');
};
