import { sql, type Db } from '../db/pool.ts';

/** Neither drift, who must be there to help others back, nor those who never came in have anything to lose. */
function mulige(db: Db, now: Date) {
	return db
		.selectFrom('bruker as b')
		.where('b.status', 'in', ['aktiv', 'varslet'])
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('fast_rolle as f')
						.select('f.rolle')
						.whereRef('f.bruker_id', '=', 'b.id')
						.where('f.rolle', '=', 'drift')
						.where((eb) => eb.or([eb('f.til', 'is', null), eb('f.til', '>', now)]))
				)
			)
		);
}

// A Date has no microseconds, and where a batch ended must be found again.
const SIST = sql<Date>`date_trunc('milliseconds', greatest(b.sist_innlogget_at, b.created_at))`;

/** The ids of those who were last here before `grense`, longest away first; after `etter` when there are more. */
export async function listFravaerende(
	db: Db,
	valg: { grense: Date; now: Date; antall: number; etter?: { id: string; sist: Date } | undefined }
): Promise<{ id: string; sist: Date }[]> {
	const { grense, now, antall, etter } = valg;
	return mulige(db, now)
		.select(['b.id', SIST.as('sist')])
		.where(SIST, '<', grense)
		.$if(etter !== undefined, (q) => q.where(sql<boolean>`(${SIST}, b.id) > (${etter?.sist}, ${etter?.id})`))
		.orderBy(SIST)
		.orderBy('b.id')
		.limit(antall)
		.execute();
}

/** One of them, locked: a log-in that is under way is waited for, and one that comes now waits. */
export function lockFravaerende(trx: Db, id: string, now: Date) {
	return mulige(trx, now)
		.select(['b.id', 'b.navn', 'b.epost', 'b.sprak', 'b.varslet_at', 'b.varslet_igjen_at', SIST.as('sist')])
		.where('b.id', '=', id)
		.forUpdate('b')
		.executeTakeFirst();
}

/** Warned for the first or the second time. */
export async function markVarslet(trx: Db, id: string, gang: 1 | 2, now: Date): Promise<void> {
	await trx
		.updateTable('bruker')
		.set({ status: 'varslet', ...(gang === 1 ? { varslet_at: now } : { varslet_igjen_at: now }) })
		.where('id', '=', id)
		.execute();
}

/** Deactivates, and ends every session; returns their public names. */
export async function deaktiverBruker(trx: Db, id: string, now: Date): Promise<string[]> {
	await trx.updateTable('bruker').set({ status: 'deaktivert', deaktivert_at: now }).where('id', '=', id).execute();
	const okter = await trx.deleteFrom('okt').where('user_id', '=', id).returning('offentlig_id').execute();
	return okter.map((okt) => okt.offentlig_id);
}
