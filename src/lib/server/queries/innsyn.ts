import type { Db } from '../db/pool.ts';

/** How long one look counts as the same look, in milliseconds. */
const SAMME_INNSYN_MS = 60 * 60 * 1000;

/** Notes that a person opened a samtale of a LIS (the access log of the record); at most once an hour per person and samtale. */
export async function noterInnsyn(db: Db, innsyn: { lisId: string; personId: string; rolle: string; samtaleId: string; now: Date }): Promise<void> {
	await db
		.insertInto('innsyn')
		.columns(['at', 'lis_id', 'person_id', 'rolle', 'objekt', 'objekt_id'])
		.expression((eb) =>
			eb
				.selectNoFrom([
					eb.val(innsyn.now).as('at'),
					eb.cast<string>(eb.val(innsyn.lisId), 'uuid').as('lis_id'),
					eb.cast<string>(eb.val(innsyn.personId), 'uuid').as('person_id'),
					eb.cast<string>(eb.val(innsyn.rolle), 'text').as('rolle'),
					eb.cast<string>(eb.val('samtale'), 'text').as('objekt'),
					eb.cast<string>(eb.val(innsyn.samtaleId), 'uuid').as('objekt_id')
				])
				.where((where) =>
					where.not(
						where.exists(
							eb
								.selectFrom('innsyn')
								.select('id')
								.where('person_id', '=', innsyn.personId)
								.where('objekt_id', '=', innsyn.samtaleId)
								.where('at', '>', new Date(innsyn.now.getTime() - SAMME_INNSYN_MS))
						)
					)
				)
		)
		.execute();
}
