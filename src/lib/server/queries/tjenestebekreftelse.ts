import { erId } from '#lib/domain/id.ts';
import type { Db } from '../db/pool.ts';

/** The leder's confirmation that the service is done. Days as YYYY-MM-DD, both counted. */
export type Tjenestebekreftelse = {
	id: string;
	lisId: string;
	lisNavn: string;
	av: string;
	avNavn: string;
	fra: string;
	til: string;
	merknad: string | null;
	at: Date;
};

function bekreftelser(db: Db) {
	return db
		.selectFrom('tjenestebekreftelse as t')
		.innerJoin('bruker as l', 'l.id', 't.lis_id')
		.innerJoin('bruker as a', 'a.id', 't.av')
		.select(['t.id', 't.lis_id as lisId', 'l.navn as lisNavn', 't.av', 'a.navn as avNavn'])
		.select(['t.fra', 't.til', 't.merknad', 't.at']);
}

/** Those of one LIS, the newest first. */
export function listBekreftelser(db: Db, lisId: string): Promise<Tjenestebekreftelse[]> {
	return bekreftelser(db).where('t.lis_id', '=', lisId).orderBy('t.at', 'desc').orderBy('t.id').execute();
}

/** One, or undefined, for a malformed id too. */
export async function findBekreftelse(db: Db, id: string): Promise<Tjenestebekreftelse | undefined> {
	return erId(id) ? bekreftelser(db).where('t.id', '=', id).executeTakeFirst() : undefined;
}

export async function insertBekreftelse(
	trx: Db,
	ny: Pick<Tjenestebekreftelse, 'id' | 'lisId' | 'av' | 'fra' | 'til' | 'merknad' | 'at'>
): Promise<void> {
	const { id, lisId, av, fra, til, merknad, at } = ny;
	await trx.insertInto('tjenestebekreftelse').values({ id, lis_id: lisId, av, fra, til, merknad, at }).execute();
}
