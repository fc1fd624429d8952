import type { Forfatter } from '#lib/domain/endringslogg/types.ts';
import { sql, type Db } from '../db/pool.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';

/** Events that stand in a samtale's endringslogg; a gjenopprett stands there as the row that it wrote. */
const VIST = [
	'samtale.opprettet',
	'samtale.aktiv',
	'samtale.flyttet',
	'samtale.forslag',
	'samtale.forslag-godtatt',
	'samtale.forslag-avvist',
	'samtale.ferdigstilling-begynt',
	'samtale.ferdigstilling-avbrutt',
	'samtale.ferdigstilling-utlopt',
	'samtale.ferdigstilt',
	'samtale.merknad',
	'samtale.avlyst'
] as const satisfies HendelseType[];

export type SamtaleHendelse = {
	id: number;
	type: (typeof VIST)[number];
	atUs: number;
	aktorId: string | null;
	data: { [key: string]: unknown };
};

/** Microseconds since 1970. */
const atUs = sql<number>`(extract(epoch from at) * 1000000)::bigint`;

/** The newest events of a samtale that are older than `before` (a time in microseconds and an id), the newest first. */
export async function listSamtaleHendelser(
	db: Db,
	samtaleId: string,
	before: { atUs: number; id: number } | null,
	limit: number
): Promise<SamtaleHendelse[]> {
	let query = db
		.selectFrom('hendelse')
		.select(['id', sql<SamtaleHendelse['type']>`type`.as('type'), atUs.as('atUs'), 'aktor_id as aktorId', 'data'])
		.where('objekt_id', '=', samtaleId)
		.where('type', 'in', [...VIST]);
	if (before) query = query.where(sql<boolean>`(${atUs}, id) < (${before.atUs}::bigint, ${before.id}::bigint)`);
	const rader = await query.orderBy(atUs, 'desc').orderBy('id', 'desc').limit(limit).execute();
	return rader.map((rad) => ({ ...rad, data: rad.data as SamtaleHendelse['data'] }));
}

/** For each gjenopprett of a samtale: the row that it wrote → the version that it brought back. */
export async function listGjenopprettinger(db: Db, samtaleId: string): Promise<Map<number, number>> {
	const rader = await db
		.selectFrom('hendelse')
		.select([sql<number>`(data ->> 'rad')::bigint`.as('rad'), sql<number>`(data ->> 'versjon')::bigint`.as('versjon')])
		.where('objekt_id', '=', samtaleId)
		.where('type', '=', 'samtale.gjenopprettet')
		.execute();
	return new Map(rader.map(({ rad, versjon }) => [rad, versjon]));
}

/** Names and colours of people. */
export async function listForfattere(db: Db, ids: readonly string[]): Promise<Map<string, Forfatter>> {
	if (ids.length === 0) return new Map();
	const rader = await db
		.selectFrom('bruker')
		.select(['id', 'navn', 'farge'])
		.where('id', 'in', [...ids])
		.execute();
	return new Map(rader.map((rad) => [rad.id, rad]));
}
