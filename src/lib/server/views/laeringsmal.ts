import { AppError } from '#lib/domain/feil.ts';
import { kanAnbefales } from '#lib/domain/laering/mal.ts';
import { can } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { findLis } from '../queries/lis.ts';
import { noterInnsynIPlan } from './innsyn.ts';
import { personKort, type PersonKort } from './kort.ts';
import { hentLaering, type MalKort, type PlanKort } from './laering.ts';

/** What the asker may do with a goal: recommend it, or take their own recommendation back. */
export type MalMedValg = MalKort & { anbefal: boolean; trekk: boolean };
export type Laeringsmalside = {
	lis: PersonKort & { arbeidssted: string | null; erMeg: boolean };
	planer: (Omit<PlanKort, 'temaer'> & { temaer: { tema: PlanKort['temaer'][number]['tema']; mal: MalMedValg[] }[] })[];
	/** `veiledning`: the other pages about the LIS; `styrPlan`: assigning, deleting and archiving plans. */
	abilities: { anbefal: boolean; veiledning: boolean; styrPlan: boolean };
};

/**
 * S11: every plan of a LIS with its goals, krav and what was done, for those who follow the LIS; the veileder recommends from here. Throws
 * `not_found` or `ended`. Notes in the access log of the record that it was opened.
 */
export async function hentLaeringsmalside(ctx: Ctx, lisId: string): Promise<Laeringsmalside> {
	const { planer } = await hentLaering(ctx, lisId);
	const [lis] = await Promise.all([
		findLis(ctx.db, lisId),
		noterInnsynIPlan(
			ctx,
			lisId,
			planer.map(({ id }) => id)
		)
	]);
	if (!lis) throw new AppError('not_found');
	const anbefal = can(ctx.actor, 'mal.anbefal', { lisId, delt: false, supervisorer: [], avgjortAv: null }, ctx.now);
	return {
		lis: { ...personKort(lis), arbeidssted: lis.arbeidssted, erMeg: ctx.actor.brukerId === lisId },
		planer: planer.map((plan) => ({
			...plan,
			temaer: plan.temaer.map(({ tema, mal }) => ({ tema, mal: mal.map((ett) => medValg(ett, anbefal)) }))
		})),
		abilities: {
			anbefal,
			veiledning: can(ctx.actor, 'veiledning.se', { lisId }, ctx.now),
			styrPlan: can(ctx.actor, 'plan.styr', { lisId }, ctx.now)
		}
	};
}

function medValg(mal: MalKort, anbefal: boolean): MalMedValg {
	const har = mal.anbefalinger.some(({ egen }) => egen);
	const apent = anbefal && kanAnbefales(mal.status);
	return { ...mal, anbefal: apent && !har, trekk: apent && har };
}
