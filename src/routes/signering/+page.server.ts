import { hentSignering } from '#lib/server/views/signering.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentSignering(ctx));
};
