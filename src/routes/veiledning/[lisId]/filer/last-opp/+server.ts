import { isHttpError, json, redirect } from '@sveltejs/kit';
import { lastOppFil } from '#lib/server/commands/last-opp-fil.ts';
import { vis } from '#lib/web/feil.ts';
import { erSkjema, filregler, lesFil, sideForSted, tolkOpplysninger } from '#lib/web/filer.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { RequestHandler } from './$types';

/** Takes one file: from the page's script as it is, with what is said of it in a header; from a browser without scripts as a form. */
export const POST: RequestHandler = async (event) => {
	const ctx = krevCtx(event);
	const { lisId } = event.params;
	const last = () =>
		vis(event, () =>
			lesFil(event.request, async ({ opplysninger, storrelse, innhold }) =>
				lastOppFil(ctx, filregler(), { ...tolkOpplysninger(opplysninger), lisId, storrelse, innhold })
			)
		);
	if (!erSkjema(event.request)) return json(await last(), { status: 201 });
	const side = sideForSted(lisId, event.url.searchParams.get('sted'));
	try {
		await last();
	} catch (thrown) {
		// What the person can mend is told on the page they came from.
		if (!isHttpError(thrown) || (thrown.status !== 400 && thrown.status !== 409)) throw thrown;
		redirect(303, `${side}?feil=${encodeURIComponent(thrown.body.message)}`);
	}
	redirect(303, `${side}?lastet`);
};
