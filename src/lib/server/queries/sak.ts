import { erId } from '#lib/domain/id.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { PlanStatus } from '#lib/domain/laering/plan.ts';
import { sql, type Db } from '../db/pool.ts';

/** A plan that a LIS has shared with Helsedirektoratet, by whom. */
export type SakRad = {
	planId: string;
	lisId: string;
	navn: string;
	katalogId: string;
	plan: Tospraklig;
	status: PlanStatus;
	deltAt: Date | null;
	behandletAt: Date | null;
};

const felter = sql`p.id as "planId", p.lis_id as "lisId", b.navn, p.katalog_id as "katalogId", p.status, p.delt_at as "deltAt",
	p.behandlet_at as "behandletAt", jsonb_build_object('nb', k.navn_nb, 'nn', k.navn_nn) as plan`;
const fra = sql`plan_tildeling p join bruker b on b.id = p.lis_id join katalog k on k.id = p.katalog_id`;

/** Plans that are shared now: those to deal with, the oldest first, then the hundred dealt with last. */
export async function listSaker(db: Db): Promise<SakRad[]> {
	const { rows } = await sql<SakRad>`
		(select ${felter} from ${fra} where p.status = 'delt' and p.behandlet_at is null order by p.delt_at, p.id limit 500)
		union all
		(select ${felter} from ${fra} where p.status = 'delt' and p.behandlet_at is not null order by p.behandlet_at desc, p.id limit 100)
	`.execute(db);
	return rows;
}

/** One of them, or undefined, for a malformed id and a plan that is not shared too. */
export async function findSak(db: Db, planId: string): Promise<SakRad | undefined> {
	if (!erId(planId)) return undefined;
	const { rows } = await sql<SakRad>`select ${felter} from ${fra} where p.id = ${planId} and p.status = 'delt'`.execute(
		db
	);
	return rows[0];
}
