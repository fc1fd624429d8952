import { hentFilMedKode } from '#lib/server/views/signeringskode.ts';
import { getSigneringCookie } from '#lib/web/cookies.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import { filsvar } from '#lib/web/filer.ts';
import { krevCtx, krevOkt } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** A file of the draft that whoever has scanned a code is about to sign. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { eidAt } = krevOkt(event);
	const token = getSigneringCookie(event.cookies, deps().config.origin) ?? '';
	const { filId } = event.params;
	return filsvar(await vis(event, () => hentFilMedKode(ctx, { token, eidAt, filId })), 'lagres');
};
