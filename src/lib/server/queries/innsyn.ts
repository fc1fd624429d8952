import { sql, type Db } from '../db/pool.ts';

/** How long one look counts as the same look, in milliseconds. */
const SAMME_INNSYN_MS = 60 * 60 * 1000;

export type Innsyn = { lisId: string; personId: string; rolle: 'lis' | 'veileder'; samtaleId: string; now: Date };

/** Notes that a person opened a samtale of a LIS (the access log of the record); at most once an hour per person and samtale. */
export async function noterInnsyn(db: Db, { lisId, personId, rolle, samtaleId, now }: Innsyn): Promise<void> {
	await sql`
		insert into innsyn (at, lis_id, person_id, rolle, objekt, objekt_id)
		select ${now}::timestamptz, ${lisId}::uuid, ${personId}::uuid, ${rolle}, 'samtale', ${samtaleId}::uuid
		where not exists (
			select from innsyn
			where person_id = ${personId} and objekt_id = ${samtaleId} and at > ${new Date(now.getTime() - SAMME_INNSYN_MS)}
		)
	`.execute(db);
}
