import { redirect } from '@sveltejs/kit';
import { hentVeiledningsliste } from '#lib/server/views/veiledning.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

/** A LIS whom nobody else's record concerns goes straight to their own files. */
export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { egen, fulgte } = await vis(event, () => hentVeiledningsliste(ctx));
	if (egen && fulgte.length === 0) redirect(303, `/veiledning/${egen}/filer`);
	return { egen, fulgte };
};
