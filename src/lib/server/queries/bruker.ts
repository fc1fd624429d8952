import type { Sprak } from '#lib/domain/actor.ts';
import type { Db } from '../db/pool.ts';

/** What log-in by password needs: the person and the stored hash. */
export function findForInnlogging(db: Db, brukernavn: string) {
	return db
		.selectFrom('bruker as b')
		.leftJoin('passord as p', 'p.bruker_id', 'b.id')
		.select(['b.id', 'b.status', 'b.sprak', 'p.hash'])
		.where('b.brukernavn', '=', brukernavn)
		.executeTakeFirst();
}

export async function updateSistInnlogget(trx: Db, id: string, now: Date): Promise<void> {
	await trx.updateTable('bruker').set({ sist_innlogget_at: now }).where('id', '=', id).execute();
}

export async function updateSprak(trx: Db, id: string, sprak: Sprak): Promise<void> {
	await trx.updateTable('bruker').set({ sprak }).where('id', '=', id).execute();
}
