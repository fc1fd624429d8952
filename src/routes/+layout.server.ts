import { dagINorge } from '#lib/domain/dager.ts';
import { hentSkall } from '#lib/server/views/skall.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => ({
	skall: locals.okt ? hentSkall(locals.okt, locals.base.now) : null,
	iDag: dagINorge(locals.base.now)
});
