import { redirect } from '@sveltejs/kit';
import { SPRAK } from '#lib/domain/actor.ts';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import { velgSprak } from '#lib/server/commands/velg-sprak.ts';
import { deps } from '#lib/web/deps.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { setSprakCookie } from '#lib/web/sprak-cookie.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = () => redirect(303, '/');

/** The chosen language: in the cookie for this browser, and with the person for their mail. */
export const POST: RequestHandler = async (event) => {
	const felter = await tekstfelter(event.request, ['sprak', 'next']);
	const sprak = SPRAK.find((kode) => kode === felter.sprak);
	if (sprak) {
		setSprakCookie(event.cookies, deps().config.origin, sprak);
		if (event.locals.okt) await vis(event, () => velgSprak(krevCtx(event), sprak));
	}
	redirect(303, tilbake(felter.next));
};

/** Back to where the choice was made; log-in, to which `tryggNeste` never leads, keeps its own `next`. */
function tilbake(next: string): string {
	const [sti, sok] = next.split('?', 2);
	return sti === '/logg-inn' ? `/logg-inn?${sok ?? ''}` : tryggNeste(next);
}
