import type { HendelseType } from '#lib/domain/hendelse.ts';
import { sql, type Db } from '../db/pool.ts';

const PURRET = ['aktivitet.purret', 'mal.purret'] as const satisfies readonly HendelseType[];

/** Something that was sent, and when. */
export type Sendt = { id: string; sendtAt: Date };
/** Since it was sent: when the receiver opened it first, and when the LIS purret last. */
export type Sendtstand = { id: string; apnet: Date | null; purret: Date | null };

/** The two of them as columns, of what the row `s` (id, sendt_at) names; null while that waits for nobody. */
const apnetOgPurret = () => sql`
	(select min(a.at) from apning a where a.objekt_id = s.id and a.at >= s.sendt_at) as apnet,
	(select max(h.at) from hendelse h where h.objekt_id = s.id and h.type = any(${[...PURRET]}) and h.at >= s.sendt_at) as purret`;

/** A row of one thing with the two of them. */
export const standAv = (sendt: Sendt | null) => sql`
	(select ${apnetOgPurret()} from (select ${sendt?.id ?? null}::uuid as id, ${sendt?.sendtAt ?? null}::timestamptz as sendt_at) s)`;

/** How it goes with what was sent, of several at once. */
export async function listSendtstand(db: Db, sendt: Sendt[]): Promise<Sendtstand[]> {
	if (sendt.length === 0) return [];
	const { rows } = await sql<Sendtstand>`
		select s.id, ${apnetOgPurret()}
		from unnest(${sendt.map(({ id }) => id)}::uuid[], ${sendt.map(({ sendtAt }) => sendtAt)}::timestamptz[]) as s (id, sendt_at)
	`.execute(db);
	return rows;
}

/** When the LIS purret last about one of them. */
export async function findPurret(db: Db, sendt: Sendt): Promise<Date | null> {
	return (await listSendtstand(db, [sendt]))[0]?.purret ?? null;
}

/** Notes, once for each sending, that their leder has opened the goals of these LIS that wait. */
export async function noterApnedeMal(db: Db, lisIder: string[], personId: string, now: Date): Promise<void> {
	if (lisIder.length === 0) return;
	await sql`
		insert into apning (objekt_id, person_id, sendt_at, at)
		select m.id, ${personId}::uuid, m.sendt_at, ${now}::timestamptz from maloppnaelse m
		where m.lis_id = any(${lisIder}::uuid[]) and m.status = 'sendt'
		on conflict do nothing
	`.execute(db);
}
