import { dagINorge } from '#lib/domain/dager.ts';
import { plussDager, plussManeder } from '#lib/domain/inaktivitet.ts';
import { erPlanInaktiv } from '#lib/domain/laering/plan-inaktiv.ts';
import { overgang } from '#lib/domain/laering/plan.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { koEpost } from '../../mail/ko.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import { lockLaering } from '../../queries/maloppnaelse.ts';
import { listStillePlaner, type StillePlan } from '../../queries/plan-inaktiv.ts';
import { updatePlan } from '../../queries/plan.ts';
import { findMottaker } from '../../queries/registrering.ts';
import type { JobContext } from './index.ts';

/** Plans looked at in one run; the rest come the next morning. */
export const PLANER_PER_KJORING = 1000;

/** S18: plans without any act of the LIS for the months of the setting go inactive, and the LIS is told by mail. */
export async function handlePlanInaktivitet({ db, now, log, inactivityMonths: maneder }: JobContext): Promise<void> {
	const iDag = dagINorge(now);
	// A day's margin for the zone.
	const grense = new Date(`${plussDager(plussManeder(iDag, -maneder), 2)}T00:00:00Z`);
	let antall = 0;
	for (const plan of await listStillePlaner(db, { grense, iDag, antall: PLANER_PER_KJORING })) {
		if (!erPlanInaktiv(plan, maneder, now)) continue;
		if (await transaction(db, (trx) => deaktiver(trx, plan, maneder, now))) antall++;
	}
	log.info({ antall }, 'inactive plans deactivated');
}

/** Reads anew under lock, so that an act of the LIS in the same second wins. */
async function deaktiver(trx: Db, sett: StillePlan, maneder: number, now: Date): Promise<boolean> {
	await lockLaering(trx, sett.lisId);
	const [plan] = await listStillePlaner(trx, { id: sett.id, iDag: dagINorge(now) });
	if (!plan || !erPlanInaktiv(plan, maneder, now)) return false;
	await updatePlan(trx, plan.id, { status: overgang(plan.status, 'deaktiver'), inaktiv_at: now });
	await insertHendelse(trx, {
		...{ type: 'plan.deaktivert', at: now, aktorId: null, aktorRolle: null, lisId: plan.lisId, objektId: plan.id },
		...{ data: { plan: plan.plan, fra: plan.status }, requestId: 'plan-inaktivitet' }
	});
	const mottaker = await findMottaker(trx, plan.lisId);
	const navn = mottaker?.sprak === 'nn' ? plan.navn.nn : plan.navn.nb;
	if (mottaker) await koEpost(trx, { mal: 'plan_deaktivert', mottaker, data: { plan: navn, maneder } }, now);
	return true;
}
