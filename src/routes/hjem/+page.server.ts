import { hentHjem } from '#lib/server/views/hjem.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx, krevOkt } from '#lib/web/guard.ts';
import { iOslo } from '#lib/i18n/format.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { rolle } = krevOkt(event);
	event.depends('lis:varsler');
	return { hjem: await vis(event, () => hentHjem(ctx, rolle)), time: Number(iOslo(ctx.now).tid.slice(0, 2)) };
};
