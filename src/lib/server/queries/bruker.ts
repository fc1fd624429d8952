import type { Sprak } from '#lib/domain/actor.ts';
import { sql, type Db } from '../db/pool.ts';

/** What log-in by password needs: the person and the stored hash. */
export function findForInnlogging(db: Db, brukernavn: string) {
	return db
		.selectFrom('bruker as b')
		.leftJoin('passord as p', 'p.bruker_id', 'b.id')
		.select(['b.id', 'b.status', 'b.sprak', 'p.hash'])
		.where('b.brukernavn', '=', brukernavn)
		.executeTakeFirst();
}

/**
 * Somebody who may has just logged in: warnings of inactivity are over, and a deactivation that came between that check and this
 * loses (R08: a log-in in the same second stays active).
 */
export async function updateSistInnlogget(trx: Db, id: string, now: Date): Promise<void> {
	await trx
		.updateTable('bruker')
		.set({
			...{ sist_innlogget_at: now, status: 'aktiv' },
			...{ varslet_at: null, varslet_igjen_at: null, deaktivert_at: null }
		})
		.where('id', '=', id)
		.execute();
}

export async function updateSprak(trx: Db, id: string, sprak: Sprak): Promise<void> {
	await trx.updateTable('bruker').set({ sprak }).where('id', '=', id).execute();
}

/** The name of the person that a column points at, looked up row by row: joined, a table of everybody may be walked for the sake of a few. */
export const navnAv = <T extends string | null = string | null>(kolonne: string) =>
	sql<T>`(select navn.navn from bruker navn where navn.id = ${sql.ref(kolonne)})`;
