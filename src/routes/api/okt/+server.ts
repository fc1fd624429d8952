import { json } from '@sveltejs/kit';
import { skalTouches, utloper, type OktTider } from '#lib/domain/okt.ts';
import { krevOkt } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** Whose session it is and for how long; 401 when there is none. Asking does not prolong it. */
export const GET: RequestHandler = (event) => {
	const { actor, tider } = krevOkt(event);
	return json(svar(actor.brukerId, tider, event.locals.base.now));
};

/** «Fortsett»: a sign of life, which prolongs the session as every request does. */
export const POST: RequestHandler = (event) => {
	const { actor, tider } = krevOkt(event);
	const { now } = event.locals.base;
	return json(svar(actor.brukerId, skalTouches(tider, now) ? { ...tider, sistSett: now } : tider, now));
};

function svar(brukerId: string, tider: OktTider, now: Date) {
	const slutt = utloper(tider);
	return { brukerId, utloper: slutt.toISOString(), igjenMs: slutt.getTime() - now.getTime() };
}
