import { isHttpError, redirect, type RequestEvent } from '@sveltejs/kit';
import { EidFeil } from '#lib/server/auth/eid/feil.ts';
import { deps } from './deps.ts';
import { vis } from './feil.ts';

/** Runs a step of log-in by electronic ID; what opens nothing leads to the page that says why and what to do next. */
export async function medEid<T>(event: RequestEvent, steg: () => Promise<T>): Promise<T> {
	try {
		return await vis(event, steg);
	} catch (thrown) {
		// An endpoint has no page of its own for an error.
		if (isHttpError(thrown, 429)) redirect(303, '/eid/feil?grunn=for_mange');
		if (!(thrown instanceof EidFeil)) throw thrown;
		const { grunn, kode, forsok } = thrown;
		// What a person does is no fault of the portal's; a provider that is away is somebody's to look at.
		const level = grunn === 'utilgjengelig' ? 'warn' : 'info';
		deps().log[level]({ requestId: event.locals.base.requestId, grunn, kode }, 'electronic ID refused');
		const sok = new URLSearchParams({
			grunn,
			...(forsok.neste === null ? {} : { neste: forsok.neste }),
			...(forsok.bekreft ? { formal: 'bekreft' } : {})
		});
		redirect(303, `/eid/feil?${sok.toString()}`);
	}
}
