import { dagINorge } from '#lib/domain/dager.ts';
import { hentDrift } from '#lib/server/views/drift.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const sok = event.url.searchParams.get('sok') ?? '';
	return { ...(await vis(event, () => hentDrift(ctx, sok))), sok, iDag: dagINorge(ctx.now) };
};
