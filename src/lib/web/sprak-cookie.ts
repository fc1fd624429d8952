import type { Cookies } from '@sveltejs/kit';

const ET_AR = 365 * 24 * 60 * 60;

/** The chosen language, read by Paraglide on the server under this name (vite.config.ts). Scripts take it from `<html lang>`. */
export function setSprakCookie(cookies: Cookies, origin: string, sprak: string): void {
	cookies.set('sprak', sprak, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: origin.startsWith('https:'),
		maxAge: ET_AR
	});
}
