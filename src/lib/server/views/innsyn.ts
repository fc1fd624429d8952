import { relasjonerTil, rollerNa, type Rolle } from '#lib/domain/actor.ts';
import type { Ctx } from '../ctx.ts';
import { noterInnsynIFlere } from '../queries/innsyn.ts';

/** Notes in the access log of the record that somebody else than the LIS has opened their plans or training plan. */
export async function noterInnsynIPlan(
	ctx: Ctx,
	lisId: string,
	objektIder: string[],
	objekt: 'plan' | 'utdanningsplan' = 'plan'
): Promise<void> {
	const personId = ctx.actor.brukerId;
	if (personId === lisId) return;
	await noterInnsynIFlere(ctx.db, { lisId, personId, rolle: rolleFor(ctx, lisId), objekt, objektIder, now: ctx.now });
}

/** The role in which somebody sees a LIS: that of their relation, else the one that they have for the portal. */
function rolleFor({ actor, now }: Ctx, lisId: string): Rolle {
	const roller = relasjonerTil(actor, lisId, now).map(({ rolle }) => rolle);
	return (
		(['leder', 'veileder', 'supervisor'] as const).find((rolle) => roller.includes(rolle)) ??
		(rollerNa(actor, now).includes('hdir') ? 'hdir' : 'supervisor')
	);
}
