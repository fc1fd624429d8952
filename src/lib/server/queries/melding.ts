import type { FastRolle, Rolle } from '#lib/domain/actor.ts';
import { erId } from '#lib/domain/id.ts';
import { sql, type Db } from '../db/pool.ts';

export type MeldingRad = {
	id: string;
	tittel: string;
	tekst: string;
	roller: Rolle[];
	fra: string;
	til: string | null;
	skrevetAv: string;
	skrevetRolle: FastRolle;
	trukketAt: Date | null;
};

const felter = [
	...(['m.id', 'm.tittel', 'm.tekst', 'm.fra', 'm.til', 'b.navn as skrevetAv', 'm.trukket_at as trukketAt'] as const),
	...[sql<Rolle[]>`m.roller`.as('roller'), sql<FastRolle>`m.skrevet_rolle`.as('skrevetRolle')]
] as const;

/** Those that people in these roles are shown on a day (YYYY-MM-DD), the newest first. */
export function listGjeldendeMeldinger(
	db: Db,
	{ roller, dag }: { roller: Rolle[]; dag: string }
): Promise<MeldingRad[]> {
	return db
		.selectFrom('melding as m')
		.innerJoin('bruker as b', 'b.id', 'm.skrevet_av')
		.select(felter)
		.where('m.trukket_at', 'is', null)
		.where('m.fra', '<=', dag)
		.where((eb) => eb.or([eb('m.til', 'is', null), eb('m.til', '>=', dag)]))
		.where(sql<boolean>`m.roller && ${roller}::text[]`)
		.orderBy('m.fra', 'desc')
		.orderBy('m.created_at', 'desc')
		.limit(10)
		.execute();
}

/** All that were written, the newest first, for those who write them. */
export function listMeldinger(db: Db): Promise<MeldingRad[]> {
	return db
		.selectFrom('melding as m')
		.innerJoin('bruker as b', 'b.id', 'm.skrevet_av')
		.select(felter)
		.orderBy('m.created_at', 'desc')
		.limit(100)
		.execute();
}

export async function insertMelding(
	trx: Db,
	ny: {
		id: string;
		tittel: string;
		tekst: string;
		roller: Rolle[];
		fra: string;
		til: string | null;
		av: string;
		rolle: FastRolle;
		now: Date;
	}
): Promise<void> {
	const { id, tittel, tekst, roller, fra, til, av, rolle, now } = ny;
	await trx
		.insertInto('melding')
		.values({ id, tittel, tekst, roller, fra, til, skrevet_av: av, skrevet_rolle: rolle, created_at: now })
		.execute();
}

/** Withdraws one; false when there is none that stands. */
export async function trekkMelding(trx: Db, id: string, now: Date): Promise<boolean> {
	if (!erId(id)) return false;
	const rad = await trx
		.updateTable('melding')
		.set({ trukket_at: now })
		.where('id', '=', id)
		.where('trukket_at', 'is', null)
		.executeTakeFirst();
	return rad.numUpdatedRows > 0n;
}
