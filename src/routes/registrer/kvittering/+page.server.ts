import { redirect } from '@sveltejs/kit';
import { hentFolk } from '#lib/server/views/folk.ts';
import { vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const { egne } = await vis(event, () => hentFolk(ctx));
	if (!egne) redirect(303, '/folk');
	return { invitasjoner: egne.invitasjoner, vetIkke: egne.vetIkke };
};
