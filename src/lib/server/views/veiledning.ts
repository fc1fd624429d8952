import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize, can } from '../authz/index.ts';
import { samtalerSomKanLeses } from '../authz/scope/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { findLis } from '../queries/lis.ts';
import { listSamtaler, listSamtalerForLis } from '../queries/samtale.ts';
import { hentFulgte, type FulgtLis } from './fulgte.ts';
import { delOpp, personKort, samtaleKort, type PersonKort, type SamtaleKort } from './kort.ts';

/** S5: the LIS whom I follow and whose veiledning I may see; a LIS finds their own page instead. */
export async function hentVeiledningsliste(ctx: Ctx): Promise<{ egen: string | null; fulgte: FulgtLis[] }> {
	const fulgte = (await hentFulgte(ctx)).filter((lis) => lis.kanApne);
	return { egen: ctx.actor.erLis ? ctx.actor.brukerId : null, fulgte };
}

/** The veiledning window of one LIS. `lesInnhold`: at least one of its samtaler is open to the asker. */
export type Veiledning = {
	lis: PersonKort & { arbeidssted: string | null; startDato: string | null; erMeg: boolean };
	aktive: SamtaleKort[];
	tidligere: SamtaleKort[];
	avlyste: SamtaleKort[];
	abilities: { opprettSamtale: boolean; lesInnhold: boolean };
};

/** S5, S10. Throws `not_found` for a LIS one may not know of, `ended` with the date when one's relation has ended. */
export async function hentVeiledning(ctx: Ctx, lisId: string): Promise<Veiledning> {
	if (!erId(lisId)) throw new AppError('not_found');
	authorize(ctx.actor, 'veiledning.se', { lisId }, ctx.now);
	const [lis, samtaler, lesbare] = await Promise.all([
		findLis(ctx.db, lisId),
		listSamtalerForLis(ctx.db, lisId),
		listSamtaler(samtalerSomKanLeses(ctx.db, ctx.actor.brukerId, ctx.now))
	]);
	if (!lis) throw new AppError('not_found');
	const kanApne = new Set(lesbare.map((samtale) => samtale.id));
	const kort = samtaler.map((samtale) => samtaleKort(samtale, kanApne.has(samtale.id)));
	return {
		lis: {
			...personKort(lis),
			arbeidssted: lis.arbeidssted,
			startDato: lis.startDato,
			erMeg: lis.id === ctx.actor.brukerId
		},
		...delOpp(kort),
		abilities: {
			opprettSamtale: can(ctx.actor, 'samtale.opprett', { lisId }, ctx.now),
			lesInnhold: kort.length === 0 || kort.some((k) => k.kanApne)
		}
	};
}
