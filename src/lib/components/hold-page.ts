import type { SubmitFunction } from '@sveltejs/kit';
import { applyAction } from '$app/forms';
import type { Skjemasvar } from './skjemasvar.ts';

/**
 * For the buttons beside a text that is being written: that the server could not do it is told in words, by the form of this
 * name. The error page would take the place of the text, with all of it that was not saved.
 */
export function holdPage(skjema: string): SubmitFunction {
	return () =>
		async ({ result, update }) => {
			if (result.type !== 'error') return update({ reset: false });
			const feil = result.status === 503 ? 'felles_feil_utilgjengelig' : 'felles_feil_nett';
			const data: Skjemasvar = { skjema, feil };
			await applyAction({ type: 'failure', status: result.status ?? 503, data });
		};
}
