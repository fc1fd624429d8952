import { lesFilter } from '#lib/domain/laering/filter.ts';
import { hentLaering } from '#lib/server/views/laering.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const laering = await vis(event, () => hentLaering(ctx, ctx.actor.brukerId));
	return { laering, filter: lesFilter(event.url.searchParams) };
};
