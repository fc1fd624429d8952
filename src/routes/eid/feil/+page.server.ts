import { eidGrunn } from '#lib/domain/eid.ts';
import { tryggNeste } from '#lib/domain/neste-side.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
	const neste = url.searchParams.get('neste');
	return {
		grunn: eidGrunn(url.searchParams.get('grunn')),
		neste: neste === null ? null : tryggNeste(neste),
		bekreft: url.searchParams.get('formal') === 'bekreft'
	};
};
