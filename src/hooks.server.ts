import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { paraglideMiddleware } from '#lib/i18n/paraglide/server.js';
import { brukOkt, validerOkt } from '#lib/server/auth/okter.ts';
import { isUnavailable } from '#lib/server/db/pool.ts';
import { cookieNames } from '#lib/server/auth/cookie-names.ts';
import { deleteOktCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { securityHeaders } from '#lib/web/headers.ts';

const LESENDE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** A page that asks by itself, how long the session lasts or whether there is news, is no sign of a person. */
const UTEN_AKTIVITET: readonly (string | null)[] = ['/api/okt', '/api/varsler'];
/** T04's exemption: the program that reads the mail posts here, and has no Origin (RFC 8058). The token is the right. */
const UTEN_OPPHAV = '/avmelding/[token]';

/** Request id, log line and headers. Outermost, so that a refusal has them too. */
const ramme: Handle = async ({ event, resolve }) => {
	const { config, db, log, clock } = deps();
	const start = performance.now();
	event.locals.base = { db, now: clock(), requestId: randomUUID() };
	const response = await resolve(event);
	for (const [name, value] of securityHeaders(config.origin, event.url.pathname))
		if (!response.headers.has(name)) response.headers.set(name, value);
	response.headers.set('x-request-id', event.locals.base.requestId);
	log.info(
		{
			requestId: event.locals.base.requestId,
			method: event.request.method,
			route: event.route.id,
			status: response.status,
			ms: Math.round(performance.now() - start)
		},
		'request'
	);
	return response;
};

/** T04: nothing changes at the wish of another site. An own check, since SvelteKit's covers forms only. */
const opphav: Handle = async ({ event, resolve }) => {
	const { method } = event.request;
	const krever = !LESENDE.has(method) && !(method === 'POST' && event.route.id === UTEN_OPPHAV);
	if (krever && event.request.headers.get('origin') !== deps().config.origin) {
		return new Response('Forbidden: wrong Origin\n', {
			status: 403,
			headers: { 'content-type': 'text/plain; charset=utf-8' }
		});
	}
	return resolve(event);
};

/** Who asks. An unreachable database makes nobody logged out: the guard then answers 503. */
const okt: Handle = async ({ event, resolve }) => {
	const { config, db, log } = deps();
	const { base } = event.locals;
	const token = event.cookies.get(cookieNames(config.origin).okt);
	event.locals.okt = undefined;
	event.locals.utilgjengelig = false;
	if (token) {
		try {
			event.locals.okt = await validerOkt(db, token, base.now);
			if (!event.locals.okt) deleteOktCookie(event.cookies, config.origin);
			else if (!UTEN_AKTIVITET.includes(event.route.id) || !LESENDE.has(event.request.method))
				await brukOkt(db, event.locals.okt, base.now);
		} catch (error) {
			if (!isUnavailable(error)) throw error;
			log.warn({ err: error, requestId: base.requestId }, 'database away');
			event.locals.utilgjengelig = true;
		}
	}
	return resolve(event);
};

/** The language of the page: the person's own choice, else the cookie's, else the browser's. */
const sprak: Handle = ({ event, resolve }) =>
	// Without the body: the middleware makes a copy of the request, which would hold the whole of a large file in memory.
	paraglideMiddleware(new Request(event.request.url, { headers: event.request.headers }), ({ locale }) => {
		event.locals.sprak = locale;
		return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
	});

export const handle = sequence(ramme, opphav, okt, sprak);

/** What nobody foresaw: logged whole under an id, told with the id only (T20). */
export const handleError: HandleServerError = ({ error, event, status }) => {
	const id = event.locals.base?.requestId ?? randomUUID();
	if (isUnavailable(error)) {
		deps().log.warn({ err: error, requestId: id }, 'database away');
		return { message: 'felles_feil_utilgjengelig', id };
	}
	if (status !== 404) deps().log.error({ err: error, requestId: id, route: event.route.id }, 'unexpected error');
	return { message: status === 404 ? 'felles_feil_not_found' : 'felles_feil_uventet', id };
};
