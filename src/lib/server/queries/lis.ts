import { sql, type Db } from '../db/pool.ts';
import type { RelasjonRolle } from '#lib/domain/actor.ts';
import type { Fravaersperiode } from '#lib/domain/laering/tjenestetid.ts';
import { fravaerSomJson } from './fravaer.ts';

export type LisRad = { id: string; navn: string; farge: number; startDato: string | null; arbeidssted: string | null };

const felter = ['b.id', 'b.navn', 'b.farge', 'l.start_dato as startDato', 'a.navn as arbeidssted'] as const;

function lisMedArbeidssted(db: Db) {
	return db
		.selectFrom('lis as l')
		.innerJoin('bruker as b', 'b.id', 'l.bruker_id')
		.leftJoin('arbeidssted as a', 'a.id', 'l.arbeidssted_id');
}

/** One LIS with their absence, which the week of the service follows from. */
export function findLis(db: Db, id: string): Promise<(LisRad & { fravaer: Fravaersperiode[] }) | undefined> {
	return lisMedArbeidssted(db)
		.select([...felter, fravaerSomJson('l.bruker_id').as('fravaer')])
		.where('l.bruker_id', '=', id)
		.executeTakeFirst();
}

/** The LIS that this person follows now in one of these roles, with the roles. */
export function listFulgteLis(
	db: Db,
	personId: string,
	roller: RelasjonRolle[],
	now: Date
): Promise<(LisRad & { roller: RelasjonRolle[] })[]> {
	return lisMedArbeidssted(db)
		.innerJoin('relasjon as r', 'r.lis_id', 'l.bruker_id')
		.select([...felter, sql<RelasjonRolle[]>`array_agg(distinct r.rolle)`.as('roller')])
		.where('r.person_id', '=', personId)
		.where('r.rolle', 'in', roller)
		.where('r.fra', '<=', now)
		.where((eb) => eb.or([eb('r.til', 'is', null), eb('r.til', '>', now)]))
		.groupBy(['b.id', 'b.navn', 'b.farge', 'l.start_dato', 'a.navn'])
		.execute();
}

export type FolkRad = { id: string; navn: string; farge: number; rolle: RelasjonRolle };

/** The people around one LIS now. */
export function listFolkRundtLis(db: Db, lisId: string, now: Date): Promise<FolkRad[]> {
	return db
		.selectFrom('relasjon as r')
		.innerJoin('bruker as b', 'b.id', 'r.person_id')
		.select(['b.id', 'b.navn', 'b.farge', sql<RelasjonRolle>`r.rolle`.as('rolle')])
		.where('r.lis_id', '=', lisId)
		.where('r.fra', '<=', now)
		.where((eb) => eb.or([eb('r.til', 'is', null), eb('r.til', '>', now)]))
		.orderBy('r.fra')
		.execute();
}
