import type { Rolle } from '#lib/domain/actor.ts';
import { sql, type Db } from '../db/pool.ts';

/** How long one look counts as the same look, in milliseconds. */
const SAMME_INNSYN_MS = 60 * 60 * 1000;

export type Innsyn = { lisId: string; personId: string; rolle: 'lis' | 'veileder'; samtaleId: string; now: Date };

/** Notes that a person opened a samtale of a LIS (the access log of the record); at most once an hour per person and samtale. */
export function noterInnsyn(db: Db, { samtaleId, ...innsyn }: Innsyn): Promise<void> {
	return noterInnsynI(db, { ...innsyn, objekt: 'samtale', objektId: samtaleId });
}

/** The same for whatever else of the record can be opened. */
export async function noterInnsynI(
	db: Db,
	innsyn: Omit<Innsyn, 'samtaleId' | 'rolle'> & {
		rolle: Rolle;
		objekt: 'samtale' | 'laeringsaktivitet' | 'plan' | 'utdanningsplan' | 'fil';
		objektId: string;
	}
): Promise<void> {
	const { lisId, personId, rolle, objekt, objektId, now } = innsyn;
	await sql`
		insert into innsyn (at, lis_id, person_id, rolle, objekt, objekt_id)
		select ${now}::timestamptz, ${lisId}::uuid, ${personId}::uuid, ${rolle}, ${objekt}, ${objektId}::uuid
		where not exists (
			select from innsyn
			where person_id = ${personId} and objekt_id = ${objektId} and at > ${new Date(now.getTime() - SAMME_INNSYN_MS)}
		)
	`.execute(db);
}
