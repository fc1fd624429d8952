import { redirect } from '@sveltejs/kit';
import { krevOkt } from '#lib/web/guard.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
	krevOkt(event);
	redirect(303, '/hjem');
};
