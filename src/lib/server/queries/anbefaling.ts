import { sql, type Db } from '../db/pool.ts';
import { navnAv } from './bruker.ts';

export type AnbefalingRad = {
	id: string;
	lisId: string;
	kode: string;
	av: string;
	navn: string;
	rolle: 'veileder' | 'supervisor';
	at: Date;
};

/** The recommendations of goals of one LIS that stand, the oldest first. */
export function listAnbefalinger(db: Db, lisId: string): Promise<AnbefalingRad[]> {
	return db
		.selectFrom('anbefaling as a')
		.select([
			...(['a.id', 'a.lis_id as lisId', 'a.kode', 'a.av', 'a.at'] as const),
			navnAv<string>('a.av').as('navn'),
			sql<AnbefalingRad['rolle']>`a.rolle`.as('rolle')
		])
		.where('a.lis_id', '=', lisId)
		.where('a.trukket_at', 'is', null)
		.orderBy('a.at')
		.orderBy('a.id')
		.execute();
}

/** Adds a recommendation; false when the same person has given the same one already. */
export async function insertAnbefaling(
	trx: Db,
	ny: { id: string; lisId: string; kode: string; av: string; rolle: 'veileder' | 'supervisor'; now: Date }
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('anbefaling')
		.values({ id: ny.id, lis_id: ny.lisId, kode: ny.kode, av: ny.av, rolle: ny.rolle, at: ny.now })
		.onConflict((oc) => oc.columns(['lis_id', 'kode', 'av', 'rolle']).where('trukket_at', 'is', null).doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

/** Takes back one's own; how many there were. */
export async function updateAnbefalingTrukket(
	trx: Db,
	{ lisId, kode, av, now }: { lisId: string; kode: string; av: string; now: Date }
): Promise<number> {
	const { numUpdatedRows } = await trx
		.updateTable('anbefaling')
		.set({ trukket_at: now })
		.where('lis_id', '=', lisId)
		.where('kode', '=', kode)
		.where('av', '=', av)
		.where('trukket_at', 'is', null)
		.executeTakeFirstOrThrow();
	return Number(numUpdatedRows);
}
