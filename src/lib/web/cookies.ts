import type { Cookies } from '@sveltejs/kit';
import { cookieNames } from '#lib/server/auth/cookie-names.ts';

const ET_AR = 365 * 24 * 60 * 60;
const EID_FORSOK_SEKUNDER = 15 * 60;
const EID_BEVIS_SEKUNDER = 30 * 60;
const INVITASJON_SEKUNDER = 2 * 60 * 60;
const SIGNERING_SEKUNDER = 30 * 60;

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

/** Binds an attempt at electronic ID to this browser until it comes back from the provider. Lax: the way back is a link from there. */
export function setEidForsokCookie(cookies: Cookies, origin: string, token: string): void {
	cookies.set(cookieNames(origin).eidForsok, token, { ...streng(origin), maxAge: EID_FORSOK_SEKUNDER });
}

/** Remembers who somebody is by electronic ID while they register or accept an invitation. */
export function setEidBevisCookie(cookies: Cookies, origin: string, token: string): void {
	cookies.set(cookieNames(origin).eidBevis, token, { ...streng(origin), maxAge: EID_BEVIS_SEKUNDER });
}

export function deleteEidBevisCookie(cookies: Cookies, origin: string): void {
	cookies.delete(cookieNames(origin).eidBevis, streng(origin));
}

/** The attempt's cookie, which is used up by being read. */
export function takeEidForsokCookie(cookies: Cookies, origin: string): string | undefined {
	const token = cookies.get(cookieNames(origin).eidForsok);
	if (token !== undefined) cookies.delete(cookieNames(origin).eidForsok, streng(origin));
	return token;
}

/** The token of whoever has identified with electronic ID and has no user yet. */
export function getEidBevisCookie(cookies: Cookies, origin: string): string | undefined {
	return cookies.get(cookieNames(origin).eidBevis);
}

/** T13: the link's token leaves the address at the first use and is kept here while the invitation is answered. */
export function setInvitasjonCookie(cookies: Cookies, origin: string, token: string): void {
	cookies.set(cookieNames(origin).invitasjon, token, { ...streng(origin), maxAge: INVITASJON_SEKUNDER });
}

export function getInvitasjonCookie(cookies: Cookies, origin: string): string | undefined {
	return cookies.get(cookieNames(origin).invitasjon);
}

export function deleteInvitasjonCookie(cookies: Cookies, origin: string): void {
	cookies.delete(cookieNames(origin).invitasjon, streng(origin));
}

/** The token of a code that was scanned, while whoever did identifies and signs. */
export function setSigneringCookie(cookies: Cookies, origin: string, token: string): void {
	cookies.set(cookieNames(origin).signering, token, { ...streng(origin), maxAge: SIGNERING_SEKUNDER });
}

export function getSigneringCookie(cookies: Cookies, origin: string): string | undefined {
	return cookies.get(cookieNames(origin).signering);
}

function streng(origin: string): { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean } {
	return { path: '/', httpOnly: true, sameSite: 'lax', secure: origin.startsWith('https:') };
}
