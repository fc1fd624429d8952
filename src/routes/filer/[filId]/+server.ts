import { hentFil } from '#lib/server/views/fil.ts';
import { vis } from '#lib/web/feil.ts';
import { filsvar } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** A file to keep. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	return filsvar(await vis(event, () => hentFil(ctx, event.params.filId)), 'lagres');
};
