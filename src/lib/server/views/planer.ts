import { erId } from '#lib/domain/id.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { kanGjores, type PlanStatus } from '#lib/domain/laering/plan.ts';
import { authorize, can } from '../authz/index.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Ctx } from '../ctx.ts';
import { listKataloger } from '../queries/katalog.ts';
import { findLis } from '../queries/lis.ts';
import { listPlaner } from '../queries/plan.ts';

export type Planside = {
	lis: { id: string; navn: string };
	egen: boolean;
	planer: {
		id: string;
		navn: Tospraklig;
		versjon: number;
		status: PlanStatus;
		tildeltAt: Date;
		behandletAt: Date | null;
		abilities: { del: boolean; slett: boolean; arkiver: boolean };
	}[];
	/** Plans that can be given. */
	kanTildeles: { plan: string; navn: Tospraklig }[];
	abilities: { tildel: boolean };
};

/** The plans of a LIS, archived ones too, and what the asker can do with them. Throws `not_found` or `ended`. */
export async function hentPlanside(ctx: Ctx, lisId: string): Promise<Planside> {
	if (!erId(lisId)) throw new AppError('not_found');
	const rader = await listPlaner(ctx.db, lisId);
	const delt = rader.some(({ status }) => status === 'delt');
	authorize(ctx.actor, 'laering.se', { lisId, delt }, ctx.now);
	const [lis, kataloger] = await Promise.all([findLis(ctx.db, lisId), listKataloger(ctx.db)]);
	if (!lis) throw new AppError('not_found');
	const hodeAv = new Map(kataloger.map((hode) => [hode.id, hode]));
	const styr =
		can(ctx.actor, 'plan.styr', { lisId }, ctx.now) || can(ctx.actor, 'portal.katalog', { portal: true }, ctx.now);
	const egen = can(ctx.actor, 'laering.for', { lisId }, ctx.now);
	const har = new Set(rader.filter(({ status }) => status !== 'arkivert').map(({ plan }) => plan));
	const publiserte = kataloger.filter(({ plan, status }) => status === 'publisert' && !har.has(plan));
	return {
		lis: { id: lis.id, navn: lis.navn },
		egen,
		planer: rader.flatMap(({ id, katalogId, status, tildeltAt, behandletAt }) => {
			const hode = hodeAv.get(katalogId);
			if (!hode) return [];
			const abilities = {
				del: egen && kanGjores(status, 'del'),
				slett: styr && kanGjores(status, 'slett'),
				arkiver: styr && kanGjores(status, 'arkiver')
			};
			return [{ id, navn: hode.navn, versjon: hode.versjon, status, tildeltAt, behandletAt, abilities }];
		}),
		kanTildeles: styr
			? [...new Map(publiserte.map(({ plan, navn }) => [plan, navn])).entries()].map(([plan, navn]) => ({ plan, navn }))
			: [],
		abilities: { tildel: styr }
	};
}
