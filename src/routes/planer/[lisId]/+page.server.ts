import { arkiverPlan } from '#lib/server/commands/arkiver-plan.ts';
import { delPlan } from '#lib/server/commands/del-plan.ts';
import { slettPlan } from '#lib/server/commands/slett-plan.ts';
import { tildelPlan } from '#lib/server/commands/tildel-plan.ts';
import { hentPlanside } from '#lib/server/views/planer.ts';
import { tekstfelter, vis } from '#lib/web/feil.ts';
import { krevCtx } from '#lib/web/guard.ts';
import { svarPa } from '#lib/web/skjemasvar.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
	const ctx = krevCtx(event);
	return vis(event, () => hentPlanside(ctx, event.params.lisId));
};

const pa = (navn: string, command: typeof delPlan) => async (event: RequestEvent) => {
	const ctx = krevCtx(event);
	const { planId } = await tekstfelter(event.request, ['planId']);
	return svarPa(event, `${navn}-${planId}`, {}, () => command(ctx, { planId }));
};

export const actions: Actions = {
	tildel: async (event) => {
		const ctx = krevCtx(event);
		const verdier = await tekstfelter(event.request, ['plan']);
		return svarPa(event, 'tildel', verdier, async () => {
			await tildelPlan(ctx, { lisId: event.params.lisId, plan: verdier.plan });
		});
	},
	del: pa('del', delPlan),
	slett: pa('slett', slettPlan),
	arkiver: pa('arkiver', arkiverPlan)
};
