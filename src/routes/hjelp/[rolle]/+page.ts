import { error } from '@sveltejs/kit';
import { hjelpFor } from '#lib/i18n/hjelp.ts';
import type { PageLoad } from './$types';

/** Readable without log-in (S21). */
export const load: PageLoad = ({ params }) => {
	if (!hjelpFor(params.rolle)) error(404, { message: 'felles_feil_not_found' });
	return { rolle: params.rolle };
};
