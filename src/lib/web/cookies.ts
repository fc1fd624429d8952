import type { Cookies } from '@sveltejs/kit';
import { cookieNames } from '#lib/server/auth/cookie-names.ts';

const ET_AR = 365 * 24 * 60 * 60;

/** The session cookie ends with the browser; the server knows the real end. */
export function setOktCookie(cookies: Cookies, origin: string, token: string): void {
	cookies.set(cookieNames(origin).okt, token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: origin.startsWith('https:')
	});
}

/** Remembers the device for its own throttle count. */
export function setEnhetCookie(cookies: Cookies, origin: string, token: string): void {
	cookies.set(cookieNames(origin).enhet, token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: origin.startsWith('https:'),
		maxAge: ET_AR
	});
}

/** The device's cookie from an earlier log-in, if it has one. */
export function getEnhetCookie(cookies: Cookies, origin: string): string | undefined {
	return cookies.get(cookieNames(origin).enhet);
}

export function deleteOktCookie(cookies: Cookies, origin: string): void {
	cookies.delete(cookieNames(origin).okt, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: origin.startsWith('https:')
	});
}
