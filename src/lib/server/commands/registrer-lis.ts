import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import { KOMMUNAL_PLAN } from '#lib/domain/laering/katalog.ts';
import { findBevis } from '../auth/eid/bevis.ts';
import { transaction } from '../db/pool.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { insertLisMedPlan } from '../queries/registrering.ts';
import { forsteOkt, hashValgt, nyBruker, somKonflikt, type Registrering } from './lib/ny-bruker.ts';

/**
 * S1, S20: a LIS registers. The person, their electronic ID, their plan and their first session, in one. Throws a conflict when
 * they have not identified within half an hour or are registered already, `invalid` for a user name that is taken.
 */
export async function registrerLis(inn: Registrering & { startDato: string }): Promise<{ token: string }> {
	const passordHash = await hashValgt(inn.person.passord);
	const work = transaction(inn.db, async (trx) => {
		const bevis = await findBevis(trx, inn.bevis, inn.now);
		if (!bevis) throw new AppError('conflict', { reason: 'registrering_konflikt_bevis' });
		const { id, arbeidsstedId } = await nyBruker(trx, { person: inn.person, bevis, passordHash, now: inn.now });
		const plan = { planId: randomUUID(), plan: KOMMUNAL_PLAN };
		await insertLisMedPlan(trx, { brukerId: id, arbeidsstedId, startDato: inn.startDato, ...plan, now: inn.now });
		const felles = { at: inn.now, aktorId: id, aktorRolle: 'lis', lisId: id, requestId: inn.requestId } as const;
		await insertHendelse(trx, { ...felles, type: 'bruker.registrert', objektId: id });
		await insertHendelse(trx, { ...felles, type: 'plan.tildelt', objektId: plan.planId, data: { plan: plan.plan } });
		return { token: await forsteOkt(trx, { ...inn, brukerId: id, bevis }) };
	});
	return work.catch((error: unknown) => Promise.reject(somKonflikt(error) as Error));
}
