import { AppError } from '../feil.ts';

/** assigned (deletable) → started (only archivable) → complete → shared with Helsedirektoratet; inactive; archived (product.md, «States»). */
export type PlanStatus = 'tildelt' | 'paabegynt' | 'fullfort' | 'delt' | 'inaktiv' | 'arkivert';

/**
 * What can happen to a plan. `begynn`: something was done in it; `fullfor`: the last goal was approved; `gjenapne`: one no longer is;
 * `vekk`: the LIS goes on with a plan that had gone inactive.
 */
export type PlanHandling = 'slett' | 'begynn' | 'fullfor' | 'gjenapne' | 'del' | 'arkiver' | 'deaktiver' | 'vekk';

const OVERGANGER: Record<PlanHandling, Partial<Record<PlanStatus, PlanStatus>>> = {
	slett: { tildelt: 'tildelt' },
	begynn: { tildelt: 'paabegynt' },
	fullfor: { paabegynt: 'fullfort' },
	gjenapne: { fullfort: 'paabegynt', delt: 'paabegynt' },
	del: { fullfort: 'delt' },
	arkiver: { paabegynt: 'arkivert', fullfort: 'arkivert', delt: 'arkivert', inaktiv: 'arkivert' },
	deaktiver: { tildelt: 'inaktiv', paabegynt: 'inaktiv' },
	vekk: { inaktiv: 'paabegynt' }
};

/** Why an act does not fit, as a message key. */
const HVORFOR_IKKE: Record<PlanStatus, string> = {
	tildelt: 'laering_konflikt_plan_tildelt',
	paabegynt: 'laering_konflikt_plan_paabegynt',
	fullfort: 'laering_konflikt_plan_fullfort',
	delt: 'laering_konflikt_plan_delt',
	inaktiv: 'laering_konflikt_plan_inaktiv',
	arkivert: 'laering_konflikt_plan_arkivert'
};

/** The status after an act. Throws a conflict that says where the plan stands. */
export function overgang(status: PlanStatus, handling: PlanHandling): PlanStatus {
	const til = OVERGANGER[handling][status];
	if (til === undefined) throw new AppError('conflict', { reason: HVORFOR_IKKE[status] });
	return til;
}

/** Whether the act is possible in this state. */
export function kanGjores(status: PlanStatus, handling: PlanHandling): boolean {
	return OVERGANGER[handling][status] !== undefined;
}
