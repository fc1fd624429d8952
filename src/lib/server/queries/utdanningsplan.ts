import { lesPlaninnhold, type Enigrolle, type Planinnhold } from '#lib/domain/laering/utdanningsplan.ts';
import { sql, type Db } from '../db/pool.ts';

export type Enighet = { av: string; navn: string; rolle: Enigrolle; /** ISO 8601: it comes as JSON. */ at: string };
export type UtdanningsplanRad = {
	id: string;
	versjon: number;
	innhold: Planinnhold;
	skrevetAvNavn: string;
	at: Date;
	enige: Enighet[];
};

function versjoner(db: Db, lisId: string) {
	return db
		.selectFrom('utdanningsplan as u')
		.innerJoin('bruker as b', 'b.id', 'u.skrevet_av')
		.select(['u.id', 'u.versjon', 'u.innhold', 'b.navn as skrevetAvNavn', 'u.at'])
		.select(
			sql<Enighet[]>`coalesce((
				select jsonb_agg(jsonb_build_object('av', e.av, 'navn', p.navn, 'rolle', e.rolle, 'at', e.at) order by e.at)
				from utdanningsplan_enighet e join bruker p on p.id = e.av where e.utdanningsplan_id = u.id), '[]')`.as('enige')
		)
		.where('u.lis_id', '=', lisId)
		.orderBy('u.versjon', 'desc');
}

/** Every version of the training plan of one LIS, the newest first. */
export async function listUtdanningsplan(db: Db, lisId: string): Promise<UtdanningsplanRad[]> {
	const rader = await versjoner(db, lisId).execute();
	return rader.map((rad) => ({ ...rad, innhold: lesPlaninnhold(rad.innhold) }));
}

/** The newest version, or undefined while there is none. */
export async function findUtdanningsplan(db: Db, lisId: string): Promise<UtdanningsplanRad | undefined> {
	const rad = await versjoner(db, lisId).limit(1).executeTakeFirst();
	return rad && { ...rad, innhold: lesPlaninnhold(rad.innhold) };
}

export async function insertUtdanningsplan(
	trx: Db,
	ny: { id: string; lisId: string; versjon: number; innhold: Planinnhold; av: string; now: Date }
): Promise<void> {
	const { id, lisId, versjon, innhold, av, now } = ny;
	await trx
		.insertInto('utdanningsplan')
		.values({ id, lis_id: lisId, versjon, innhold: JSON.stringify(innhold), skrevet_av: av, at: now })
		.execute();
}

/** Somebody agrees in a role; false when that role has agreed already. */
export async function insertEnighet(
	trx: Db,
	ny: { utdanningsplanId: string; av: string; rolle: Enigrolle; now: Date }
): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('utdanningsplan_enighet')
		.values({ utdanningsplan_id: ny.utdanningsplanId, av: ny.av, rolle: ny.rolle, at: ny.now })
		.onConflict((oc) => oc.doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}
