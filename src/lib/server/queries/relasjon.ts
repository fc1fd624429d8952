import type { RelasjonRolle } from '#lib/domain/actor.ts';
import { erId } from '#lib/domain/id.ts';
import { sql, type Db } from '../db/pool.ts';

export type RelasjonRad = {
	id: string;
	lisId: string;
	personId: string;
	rolle: RelasjonRolle;
	fra: Date;
	til: Date | null;
};

const felter = [
	...(['relasjon.id', 'relasjon.lis_id as lisId', 'relasjon.person_id as personId'] as const),
	...(['relasjon.fra', 'relasjon.til', sql<RelasjonRolle>`relasjon.rolle`.as('rolle')] as const)
] as const;

/** Holds back every other change of who follows this LIS until the transaction ends. */
export async function lockLis(trx: Db, lisId: string): Promise<boolean> {
	const rad = await trx
		.selectFrom('lis')
		.select('bruker_id')
		.where('bruker_id', '=', lisId)
		.forUpdate()
		.executeTakeFirst();
	return rad !== undefined;
}

/** One relation, or undefined, for a malformed id too. */
export async function findRelasjon(db: Db, id: string): Promise<RelasjonRad | undefined> {
	if (!erId(id)) return undefined;
	return db.selectFrom('relasjon').select(felter).where('id', '=', id).executeTakeFirst();
}

/** Those that hold at `now` in this role. */
export function listGjeldende(
	db: Db,
	{ lisId, rolle, now }: { lisId: string; rolle: RelasjonRolle; now: Date }
): Promise<RelasjonRad[]> {
	return db
		.selectFrom('relasjon')
		.select(felter)
		.where('lis_id', '=', lisId)
		.where('rolle', '=', rolle)
		.where('fra', '<=', now)
		.where((eb) => eb.or([eb('til', 'is', null), eb('til', '>', now)]))
		.execute();
}

/** Everybody who follows or has followed one LIS, those of now first. */
export function listRelasjoner(db: Db, lisId: string): Promise<(RelasjonRad & { navn: string; farge: number })[]> {
	return db
		.selectFrom('relasjon')
		.innerJoin('bruker as b', 'b.id', 'relasjon.person_id')
		.select([...felter, 'b.navn', 'b.farge'])
		.where('relasjon.lis_id', '=', lisId)
		.orderBy(sql`relasjon.til desc nulls first`)
		.orderBy('relasjon.fra')
		.execute();
}

export async function insertRelasjon(trx: Db, r: RelasjonRad): Promise<void> {
	await trx
		.insertInto('relasjon')
		.values({ id: r.id, lis_id: r.lisId, person_id: r.personId, rolle: r.rolle, fra: r.fra, til: r.til })
		.execute();
}

/** Ends a relation, or moves its end. */
export async function updateRelasjonTil(trx: Db, id: string, til: Date | null): Promise<void> {
	await trx.updateTable('relasjon').set({ til }).where('id', '=', id).execute();
}

/** The samtaler of one LIS: which are still being written. */
export async function listSamtaleIder(db: Db, lisId: string): Promise<{ id: string; aktiv: boolean }[]> {
	const rader = await db.selectFrom('samtale').select(['id', 'status']).where('lis_id', '=', lisId).execute();
	return rader.map(({ id, status }) => ({ id, aktiv: status === 'planlagt' || status === 'aktiv' }));
}

/** Takes every veileder but this person out of these samtaler. */
export async function endAndreVeiledere(trx: Db, ider: string[], personId: string, now: Date): Promise<void> {
	if (ider.length === 0) return;
	await trx
		.updateTable('samtale_deltaker')
		.set({ til: now })
		.where('samtale_id', 'in', ider)
		.where('rolle', '=', 'veileder')
		.where('person_id', '<>', personId)
		.where((eb) => eb.or([eb('til', 'is', null), eb('til', '>', now)]))
		.execute();
}

/** Makes a person a veileder of these samtaler, until `til`; where they are that already, nothing changes. */
export async function insertVeileder(
	trx: Db,
	ider: string[],
	{ personId, now, til }: { personId: string; now: Date; til: Date | null }
): Promise<void> {
	if (ider.length === 0) return;
	await sql`
		insert into samtale_deltaker (samtale_id, person_id, rolle, fra, til)
		select id, ${personId}::uuid, 'veileder', ${now}::timestamptz, ${til}::timestamptz from unnest(${ider}::uuid[]) id
		where not exists (
			select from samtale_deltaker d
			where d.samtale_id = id and d.person_id = ${personId} and d.rolle = 'veileder' and (d.til is null or d.til >= ${til}::timestamptz)
		)
		on conflict do nothing
	`.execute(trx);
}

/** Roles that the LIS has said «Vet ikke ennå» to. */
export async function listRollerMangler(db: Db, lisId: string): Promise<RelasjonRolle[]> {
	const rader = await db
		.selectFrom('rolle_mangler')
		.select(sql<RelasjonRolle>`rolle`.as('rolle'))
		.where('lis_id', '=', lisId)
		.orderBy('rolle')
		.execute();
	return rader.map(({ rolle }) => rolle);
}

export async function insertRollerMangler(trx: Db, lisId: string, roller: RelasjonRolle[], now: Date): Promise<void> {
	if (roller.length === 0) return;
	await trx
		.insertInto('rolle_mangler')
		.values(roller.map((rolle) => ({ lis_id: lisId, rolle, at: now })))
		.onConflict((oc) => oc.doNothing())
		.execute();
}

/** Somebody holds these roles now. */
export async function deleteRollerMangler(trx: Db, lisId: string, roller: RelasjonRolle[]): Promise<void> {
	if (roller.length === 0) return;
	await trx.deleteFrom('rolle_mangler').where('lis_id', '=', lisId).where('rolle', 'in', roller).execute();
}
