import { hentFilTilVisning } from '#lib/server/views/fil.ts';
import { vis } from '#lib/web/feil.ts';
import { filsvar } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** A picture for the page, or a PDF for a tab of its own. */
export const GET: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const fil = await vis(event, () => hentFilTilVisning(ctx, event.params.filId));
	return filsvar(fil, fil.slag);
};
