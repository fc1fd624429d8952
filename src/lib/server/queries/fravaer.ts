import { erId } from '#lib/domain/id.ts';
import type { Fravaersperiode, Fravaersslag } from '#lib/domain/laering/tjenestetid.ts';
import { sql, type Db } from '../db/pool.ts';

export type FravaerRad = Fravaersperiode & { id: string; lisId: string };

/** The absence of the LIS in `lis` as JSON: for queries that ask for more of that LIS. Names the column that holds the LIS' id. */
export function fravaerSomJson(lis: string) {
	return sql<(Fravaersperiode & { id: string })[]>`coalesce((
		select jsonb_agg(jsonb_build_object('id', f.id, 'slag', f.slag, 'fra', f.fra, 'til', f.til, 'prosent', f.prosent) order by f.fra, f.id)
		from fravaer f where f.lis_id = ${sql.ref(lis)} and f.slettet_at is null), '[]')`;
}

/** What stands of the absence of one LIS, the earliest first. */
export function listFravaer(db: Db, lisId: string): Promise<FravaerRad[]> {
	return db
		.selectFrom('fravaer')
		.select(['id', 'lis_id as lisId', 'fra', 'til', 'prosent', sql<Fravaersslag>`slag`.as('slag')])
		.where('lis_id', '=', lisId)
		.where('slettet_at', 'is', null)
		.orderBy('fra')
		.orderBy('id')
		.execute();
}

/** One that stands, locked until the transaction ends; undefined also for a malformed id. */
export async function lockFravaer(trx: Db, id: string): Promise<{ lisId: string; slag: Fravaersslag } | undefined> {
	if (!erId(id)) return undefined;
	return trx
		.selectFrom('fravaer')
		.select(['lis_id as lisId', sql<Fravaersslag>`slag`.as('slag')])
		.where('id', '=', id)
		.where('slettet_at', 'is', null)
		.forUpdate()
		.executeTakeFirst();
}

export async function insertFravaer(trx: Db, ny: FravaerRad & { av: string; now: Date }): Promise<void> {
	const { id, lisId, slag, fra, til, prosent, av, now } = ny;
	await trx
		.insertInto('fravaer')
		.values({ id, lis_id: lisId, slag, fra, til, prosent, opprettet_av: av, created_at: now })
		.execute();
}

/** It no longer counts; the row stays. */
export async function updateFravaerSlettet(trx: Db, id: string, now: Date): Promise<void> {
	await trx.updateTable('fravaer').set({ slettet_at: now }).where('id', '=', id).execute();
}
