import { redirect } from '@sveltejs/kit';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import { fullforEid } from '#lib/server/commands/fullfor-eid.ts';
import {
	deleteEidBevisCookie,
	deleteOktCookie,
	setEidBevisCookie,
	setOktCookie,
	takeEidForsokCookie
} from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { klientadresse } from '#lib/web/adresse.ts';
import { medEid } from '#lib/web/eid.ts';
import { setSprakCookie } from '#lib/web/sprak-cookie.ts';
import type { RequestHandler } from './$types';

/** Back from the provider. The one GET that opens a session (T05): it is bound to the POST that this browser began with. */
export const GET: RequestHandler = async (event) => {
	const { config, eid } = deps();
	const { cookies, url, locals } = event;
	// Not from a provider: nothing to take up, and nothing to write down.
	if (!['code', 'state', 'error'].some((name) => url.searchParams.has(name))) redirect(303, '/');
	const svar = await medEid(event, () =>
		fullforEid({
			...locals.base,
			klient: eid,
			pidKey: config.pidKey,
			idleMs: config.sessionIdleMs,
			query: url.search,
			forsokToken: takeEidForsokCookie(cookies, config.origin),
			okt: locals.okt,
			adresse: klientadresse(event)
		})
	);
	if (svar.utfall === 'ukjent') {
		deleteOktCookie(cookies, config.origin);
		setEidBevisCookie(cookies, config.origin, svar.bevisToken);
		redirect(
			303,
			svar.neste && /^\/(invitasjon|signering\/kode)(\/|\?|$)/.test(svar.neste) ? svar.neste : '/registrer'
		);
	}
	setOktCookie(cookies, config.origin, svar.token);
	deleteEidBevisCookie(cookies, config.origin);
	if (svar.utfall === 'innlogget') setSprakCookie(cookies, config.origin, svar.sprak);
	redirect(303, tryggNeste(svar.neste));
};
