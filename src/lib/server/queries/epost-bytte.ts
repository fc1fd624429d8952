import type { Sprak } from '#lib/domain/actor.ts';
import type { Db } from '../db/pool.ts';

/** Keeps a wish for another address. */
export async function insertEpostBytte(
	trx: Db,
	bytte: { id: string; brukerId: string; nyEpost: string; tokenHash: string; now: Date; utloper: Date }
): Promise<void> {
	await trx
		.insertInto('epost_bytte')
		.values({
			id: bytte.id,
			bruker_id: bytte.brukerId,
			ny_epost: bytte.nyEpost,
			token_hash: bytte.tokenHash,
			created_at: bytte.now,
			utloper_at: bytte.utloper
		})
		.execute();
}

/** How many wishes a person has had since. */
export async function countEpostBytter(db: Db, brukerId: string, siden: Date): Promise<number> {
	const rad = await db
		.selectFrom('epost_bytte')
		.select((eb) => eb.fn.countAll<number>().as('antall'))
		.where('bruker_id', '=', brukerId)
		.where('created_at', '>', siden)
		.executeTakeFirstOrThrow();
	return Number(rad.antall);
}

/** The wish behind a link, if it can be used and is the person's latest. */
export async function findEpostBytte(db: Db, tokenHash: string, now: Date, { forUpdate = false } = {}) {
	let query = db
		.selectFrom('epost_bytte as e')
		.innerJoin('bruker as b', 'b.id', 'e.bruker_id')
		.select(['e.id', 'e.bruker_id as brukerId', 'e.ny_epost as nyEpost', 'b.epost as gammel', 'b.navn', 'b.sprak'])
		.where('e.token_hash', '=', tokenHash)
		.where('e.brukt_at', 'is', null)
		.where('e.utloper_at', '>', now)
		.where('b.status', 'in', ['aktiv', 'varslet'])
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('epost_bytte as nyere')
						.select('nyere.id')
						.whereRef('nyere.bruker_id', '=', 'e.bruker_id')
						.whereRef('nyere.created_at', '>', 'e.created_at')
				)
			)
		);
	if (forUpdate) query = query.forUpdate('e');
	const rad = await query.executeTakeFirst();
	return rad && { ...rad, sprak: rad.sprak as Sprak };
}

/** The wish has come true. */
export async function setEpostBytteBrukt(trx: Db, id: string, now: Date): Promise<void> {
	await trx.updateTable('epost_bytte').set({ brukt_at: now }).where('id', '=', id).execute();
}
