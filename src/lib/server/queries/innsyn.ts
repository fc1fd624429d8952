import type { Rolle } from '#lib/domain/actor.ts';
import { sql, type Db } from '../db/pool.ts';

/** How long one look counts as the same look, in milliseconds. */
const SAMME_INNSYN_MS = 60 * 60 * 1000;

export type Innsyn = { lisId: string; personId: string; rolle: 'lis' | 'veileder'; samtaleId: string; now: Date };

/** Notes that a person opened a samtale of a LIS (the access log of the record); at most once an hour per person and samtale. */
export function noterInnsyn(db: Db, { samtaleId, ...lest }: Innsyn): Promise<void> {
	return noterInnsynI(db, { ...lest, objekt: 'samtale', objektId: samtaleId });
}

export type InnsynIObjekt = Omit<Innsyn, 'samtaleId' | 'rolle'> & {
	rolle: Rolle;
	objekt: 'samtale' | 'laeringsaktivitet' | 'plan' | 'utdanningsplan' | 'fil';
};

/** The same for whatever else of the record can be opened. */
export function noterInnsynI(db: Db, { objektId, ...lest }: InnsynIObjekt & { objektId: string }): Promise<void> {
	return noterInnsynIFlere(db, { ...lest, objektIder: [objektId] });
}

type Innsynsrader = InnsynIObjekt & { objektIder: string[] };

/** The rows that a look makes: none where the same person has looked just now. */
const innsyn = ({ lisId, personId, rolle, objekt, objektIder, now }: Innsynsrader) => sql`
	insert into innsyn (at, lis_id, person_id, rolle, objekt, objekt_id)
	select ${now}::timestamptz, ${lisId}::uuid, ${personId}::uuid, ${rolle}, ${objekt}, o.id
	from unnest(${objektIder}::uuid[]) as o(id)
	where not exists (
		select from innsyn i
		where i.person_id = ${personId} and i.objekt_id = o.id and i.at > ${new Date(now.getTime() - SAMME_INNSYN_MS)}
	)`;

/** The same for several that were opened at once. */
export async function noterInnsynIFlere(db: Db, rader: Innsynsrader): Promise<void> {
	if (rader.objektIder.length > 0) await innsyn(rader).execute(db);
}

/**
 * Notes that the supervisør opened an aktivitet: in the access log, and while it waits for them, once for each sending, so that the LIS sees it. One
 * statement, since it is done for every look.
 */
export async function noterLestAvSupervisor(
	db: Db,
	{ id, ...lest }: { id: string; lisId: string; personId: string; now: Date }
): Promise<void> {
	await sql`
		with sett as (${innsyn({ ...lest, rolle: 'supervisor', objekt: 'laeringsaktivitet', objektIder: [id] })})
		insert into apning (objekt_id, person_id, sendt_at, at)
		select a.id, ${lest.personId}::uuid, a.sendt_at, ${lest.now}::timestamptz from laeringsaktivitet a
		where a.id = ${id} and a.supervisor_id = ${lest.personId} and a.status = 'sendt'
		on conflict do nothing
	`.execute(db);
}
