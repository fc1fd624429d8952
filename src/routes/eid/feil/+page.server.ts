import { error } from '@sveltejs/kit';
import { eidGrunn } from '#lib/domain/eid.ts';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) => {
	// Nothing to press: whoever comes here has pressed too often.
	if (url.searchParams.get('grunn') === 'for_mange')
		error(429, { message: 'felles_feil_too_many', id: locals.base.requestId });
	const neste = url.searchParams.get('neste');
	return {
		grunn: eidGrunn(url.searchParams.get('grunn')),
		neste: neste === null ? null : tryggNeste(neste),
		bekreft: url.searchParams.get('formal') === 'bekreft'
	};
};
