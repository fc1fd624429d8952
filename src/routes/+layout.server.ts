import { dagINorge } from '#lib/domain/dager.ts';
import { hentSkall } from '#lib/server/views/skall.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { okt, base } }) => {
	const skall = okt ? hentSkall(okt, base.now) : null;
	return {
		skall,
		/** How long the session lives unless it is used, milliseconds. */
		oktIgjenMs: skall ? Date.parse(skall.okt.utloper) - base.now.getTime() : null,
		iDag: dagINorge(base.now)
	};
};
