import { redirect } from '@sveltejs/kit';
import type { Sprak } from '#lib/domain/actor.ts';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import { startEid } from '#lib/server/commands/start-eid.ts';
import { setEidForsokCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { klientadresse } from '#lib/web/adresse.ts';
import { medEid } from '#lib/web/eid.ts';
import { tekstfelter } from '#lib/web/feil.ts';
import { videreside } from '#lib/web/mellomside.ts';
import type { RequestHandler } from './$types';

/** Nobody is sent to identify by a link (T05). */
export const GET: RequestHandler = () => redirect(303, '/logg-inn');

/** Log-in by electronic ID, and step-up (`formal=bekreft`). The form of the log-in page calls the fields `next` and `felles`. */
export const POST: RequestHandler = async (event) => {
	const { config, eid } = deps();
	const felter = await tekstfelter(event.request, ['neste', 'next', 'felles_maskin', 'felles', 'formal']);
	const neste = felter.neste || felter.next;
	const { adresse, token } = await medEid(event, () =>
		startEid({
			...event.locals.base,
			klient: eid,
			sprak: event.locals.sprak as Sprak,
			formal: felter.formal === 'bekreft' ? 'bekreft' : 'logg-inn',
			neste: neste === '' ? null : tryggNeste(neste),
			fellesMaskin: (felter.felles_maskin || felter.felles) !== '',
			okt: event.locals.okt,
			adresse: klientadresse(event)
		})
	);
	setEidForsokCookie(event.cookies, config.origin, token);
	return videreside(event.locals.sprak, adresse);
};
