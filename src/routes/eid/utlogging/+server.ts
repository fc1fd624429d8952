import { loggUtSid } from '#lib/server/commands/logg-ut-sid.ts';
import { deps } from '#lib/web/deps.ts';
import { vis } from '#lib/web/feil.ts';
import type { RequestHandler } from './$types';

/**
 * OpenID Connect Front-Channel Logout 1.0: the provider's log-out page asks for this address in a hidden frame. A GET that ends
 * sessions (T05): it takes the provider's own name for one, which nobody else is told. Whoever asks for another learns nothing.
 */
export const GET: RequestHandler = async (event) => {
	const { searchParams } = event.url;
	await vis(event, () =>
		loggUtSid(event.locals.base, {
			iss: searchParams.get('iss'),
			sid: searchParams.get('sid'),
			issuer: deps().eid?.issuer
		})
	);
	return new Response(null, { status: 204 });
};
