import { redirect } from '@sveltejs/kit';
import { hentVeiledningsliste } from '#lib/server/views/veiledning.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { egen, fulgte } = await vis(event, () => hentVeiledningsliste(ctx));
	if (egen && fulgte.length === 0) redirect(303, `/veiledning/${egen}`);
	return { egen, fulgte };
};
