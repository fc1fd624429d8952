import { erId } from '#lib/domain/id.ts';
import type { PlanStatus } from '#lib/domain/laering/plan.ts';
import { sql, type Db } from '../db/pool.ts';

/** A plan that was assigned to a LIS, pinned to a version of the catalogue. */
export type PlanRad = {
	id: string;
	lisId: string;
	plan: string;
	katalogId: string;
	status: PlanStatus;
	tildeltAt: Date;
	paabegyntAt: Date | null;
	fullfortAt: Date | null;
	deltAt: Date | null;
	behandletAt: Date | null;
	inaktivAt: Date | null;
	arkivertAt: Date | null;
};

const felter = [
	...([
		'p.id',
		'p.lis_id as lisId',
		'p.plan',
		'p.katalog_id as katalogId',
		sql<PlanStatus>`p.status`.as('status')
	] as const),
	...(['p.tildelt_at as tildeltAt', 'p.paabegynt_at as paabegyntAt', 'p.fullfort_at as fullfortAt'] as const),
	...(['p.delt_at as deltAt', 'p.behandlet_at as behandletAt', 'p.inaktiv_at as inaktivAt'] as const),
	'p.arkivert_at as arkivertAt'
] as const;

/** The plans of one LIS, the oldest first; archived ones too. */
export function listPlaner(db: Db, lisId: string): Promise<PlanRad[]> {
	return db
		.selectFrom('plan_tildeling as p')
		.select(felter)
		.where('p.lis_id', '=', lisId)
		.orderBy('p.tildelt_at')
		.orderBy('p.id')
		.execute();
}

/** One plan, or undefined, for a malformed id too. With `forUpdate` its row is locked until the transaction ends. */
export async function findPlan(
	db: Db,
	id: string,
	options: { forUpdate?: boolean } = {}
): Promise<PlanRad | undefined> {
	if (!erId(id)) return undefined;
	let query = db.selectFrom('plan_tildeling as p').select(felter).where('p.id', '=', id);
	if (options.forUpdate) query = query.forUpdate();
	return query.executeTakeFirst();
}

/** The plans of a LIS, not archived, that have one of these goals; locked until the transaction ends. */
export function lockPlanerMed(trx: Db, lisId: string, koder: string[]): Promise<PlanRad[]> {
	if (koder.length === 0) return Promise.resolve([]);
	return trx
		.selectFrom('plan_tildeling as p')
		.select(felter)
		.where('p.lis_id', '=', lisId)
		.where('p.status', '<>', 'arkivert')
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('katalog_mal as m')
					.select('m.kode')
					.whereRef('m.katalog_id', '=', 'p.katalog_id')
					.where('m.kode', 'in', koder)
			)
		)
		.orderBy('p.id')
		.forUpdate()
		.execute();
}

/** Whether all goals of a plan are approved. */
export async function erAllGodkjent(db: Db, planId: string): Promise<boolean> {
	const { rows } = await sql<{ alle: boolean }>`
		select not exists (
			select from plan_tildeling p
			join katalog_mal m on m.katalog_id = p.katalog_id
			left join maloppnaelse g on g.lis_id = p.lis_id and g.kode = m.kode
			where p.id = ${planId} and g.status is distinct from 'godkjent'
		) as alle
	`.execute(db);
	return rows[0]?.alle ?? false;
}

export type PlanEndring = {
	status?: PlanStatus;
	katalog_id?: string;
	paabegynt_at?: Date | null;
	fullfort_at?: Date | null;
	delt_at?: Date | null;
	behandlet_at?: Date | null;
	inaktiv_at?: Date | null;
	arkivert_at?: Date | null;
};

export async function updatePlan(trx: Db, id: string, endring: PlanEndring): Promise<void> {
	await trx.updateTable('plan_tildeling').set(endring).where('id', '=', id).execute();
}

export async function insertPlaner(
	trx: Db,
	planer: { id: string; lisId: string; plan: string; katalogId: string; tildeltAv: string | null; now: Date }[]
): Promise<void> {
	await trx
		.insertInto('plan_tildeling')
		.values(
			planer.map((p) => ({
				id: p.id,
				lis_id: p.lisId,
				plan: p.plan,
				katalog_id: p.katalogId,
				status: 'tildelt',
				tildelt_at: p.now,
				tildelt_av: p.tildeltAv
			}))
		)
		.execute();
}

export async function deletePlan(trx: Db, id: string): Promise<void> {
	await trx.deleteFrom('plan_tildeling').where('id', '=', id).execute();
}

/** Whether the LIS has a plan that is shared with Helsedirektoratet now. */
export async function harDeltPlan(db: Db, lisId: string): Promise<boolean> {
	if (!erId(lisId)) return false;
	const rad = await db
		.selectFrom('plan_tildeling')
		.select('id')
		.where('lis_id', '=', lisId)
		.where('status', '=', 'delt')
		.limit(1)
		.executeTakeFirst();
	return rad !== undefined;
}
