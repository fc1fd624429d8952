import { redirect } from '@sveltejs/kit';
import { setSigneringCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import type { RequestHandler } from './$types';

const TOKEN = /^[\w-]{43}$/;

/** What the camera opens. The token moves into a cookie, as that of an invitation does (T13), whatever it is good for. */
export const GET: RequestHandler = ({ cookies, params }) => {
	setSigneringCookie(cookies, deps().config.origin, TOKEN.test(params.token) ? params.token : '-');
	redirect(303, '/signering/kode');
};
