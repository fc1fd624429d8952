import { sql, type Db } from '../db/pool.ts';

export type ForslagRad = {
	id: string;
	dato: string;
	fra: string | null;
	til: string | null;
	sted: string | null;
	av: string;
};

/** The open proposal of a new date, if there is one. */
export function findApentForslag(db: Db, samtaleId: string): Promise<ForslagRad | undefined> {
	return db
		.selectFrom('samtale_forslag as f')
		.innerJoin('bruker as b', 'b.id', 'f.foreslatt_av')
		.select([
			'f.id',
			'f.dato',
			sql<string | null>`to_char(f.fra, 'HH24:MI')`.as('fra'),
			sql<string | null>`to_char(f.til, 'HH24:MI')`.as('til'),
			'f.sted',
			'b.navn as av'
		])
		.where('f.samtale_id', '=', samtaleId)
		.where('f.utfall', 'is', null)
		.executeTakeFirst();
}

export async function insertForslag(
	trx: Db,
	forslag: {
		id: string;
		samtaleId: string;
		av: string;
		dato: string;
		fra: string | null;
		til: string | null;
		sted: string | null;
		now: Date;
	}
): Promise<void> {
	await trx
		.insertInto('samtale_forslag')
		.values({
			id: forslag.id,
			samtale_id: forslag.samtaleId,
			foreslatt_av: forslag.av,
			dato: forslag.dato,
			fra: forslag.fra,
			til: forslag.til,
			sted: forslag.sted,
			created_at: forslag.now
		})
		.execute();
}

/** Closes the open proposal of a samtale, if there is one. */
export async function closeForslag(
	trx: Db,
	samtaleId: string,
	utfall: 'godtatt' | 'avvist' | 'erstattet',
	now: Date
): Promise<void> {
	await trx
		.updateTable('samtale_forslag')
		.set({ utfall, avgjort_at: now })
		.where('samtale_id', '=', samtaleId)
		.where('utfall', 'is', null)
		.execute();
}
