import { sql, type Db } from '../../db/pool.ts';

/** `kanLese` of policies/samtale.ts as an SQL predicate; a test proves over a seeded world that the two are one rule. */
export function samtalerSomKanLeses(db: Db, brukerId: string, now: Date) {
	return db.selectFrom('samtale').where((eb) =>
		eb.exists(
			eb
				.selectFrom('samtale_deltaker as d')
				.select(sql`1`.as('en'))
				.whereRef('d.samtale_id', '=', 'samtale.id')
				.where('d.person_id', '=', brukerId)
				.where('d.fra', '<=', now)
				.where((d) => d.or([d('d.til', 'is', null), d('d.til', '>', now)]))
		)
	);
}
