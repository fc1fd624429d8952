import { dagINorge } from '#lib/domain/dager.ts';
import { merkEpostSett } from '#lib/server/commands/drift/merk-epost-sett.ts';
import { hentDrift } from '#lib/server/views/drift.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	const sok = event.url.searchParams.get('sok') ?? '';
	return { ...(await vis(event, () => hentDrift(ctx, sok))), sok, iDag: dagINorge(ctx.now) };
};

export const actions: Actions = {
	sett: async (event) => {
		const ctx = krevCtx(event);
		const hvilken = await tekstfelter(event.request, ['epostId']);
		return svarPa(event, `sett-${hvilken.epostId}`, hvilken, () => merkEpostSett(ctx, hvilken));
	}
};
