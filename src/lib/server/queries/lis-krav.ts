import type { KravSlag } from '#lib/domain/laering/aktivitet.ts';
import { sql, type Db } from '../db/pool.ts';

/** A krav of one of the LIS' goals, or a goal that has none. */
export type LisKrav = { kode: string; kravId: string | null; slag: KravSlag | null };

/** The goals of a LIS' plans with their krav, each in the version that it is judged by; enough to check what a form names. */
export async function listKravForLis(db: Db, lisId: string): Promise<LisKrav[]> {
	const { rows } = await sql<LisKrav>`
		select distinct m.kode, k.krav_id as "kravId", k.slag
		from plan_tildeling p
		join katalog_mal m on m.katalog_id = p.katalog_id
		left join maloppnaelse g on g.lis_id = p.lis_id and g.kode = m.kode
		left join katalog_krav k on k.katalog_id = coalesce(g.katalog_id, p.katalog_id) and k.kode = m.kode
		where p.lis_id = ${lisId} and p.status <> 'arkivert'
	`.execute(db);
	return rows;
}

/** The goals of a LIS' plans with the version that each is judged by, in the order of plans and catalogue. */
export async function listMalvalg(db: Db, lisId: string): Promise<{ kode: string; katalogId: string }[]> {
	const { rows } = await sql<{ kode: string; katalogId: string }>`
		select x.kode, x."katalogId" from (
			select distinct on (m.kode) m.kode, coalesce(g.katalog_id, p.katalog_id) as "katalogId", p.tildelt_at, m.rekkefolge
			from plan_tildeling p
			join katalog_mal m on m.katalog_id = p.katalog_id
			left join maloppnaelse g on g.lis_id = p.lis_id and g.kode = m.kode
			where p.lis_id = ${lisId} and p.status <> 'arkivert'
			order by m.kode, p.tildelt_at desc
		) x order by x.tildelt_at, x.rekkefolge
	`.execute(db);
	return rows;
}

/** Somebody whom an aktivitet can be sent to; `invitasjon`: has not accepted yet. `sist`: when the LIS last chose them. */
export type Supervisorvalg = { hvem: 'person' | 'invitasjon'; id: string; navn: string; sist: Date | null };

/** Supervisører of a LIS now, and those whose invitation to be one can still be answered; whom the LIS chose last comes first. */
export async function listSupervisorvalg(db: Db, lisId: string, now: Date): Promise<Supervisorvalg[]> {
	const { rows } = await sql<Supervisorvalg>`
		select 'person' as hvem, b.id, b.navn,
			(select max(a.endret_at) from laeringsaktivitet a where a.lis_id = ${lisId} and a.supervisor_id = b.id) as sist
		from bruker b
		where exists (select from relasjon r where r.lis_id = ${lisId} and r.person_id = b.id and r.rolle = 'supervisor'
			and r.fra <= ${now} and (r.til is null or r.til > ${now}))
		union all
		select 'invitasjon', i.id, i.navn,
			(select max(a.endret_at) from laeringsaktivitet a where a.lis_id = ${lisId} and a.invitasjon_id = i.id)
		from invitasjon i
		where i.lis_id = ${lisId} and i.status in ('sendt', 'apnet') and i.utloper_at > ${now}
			and exists (select from invitasjon_rolle r where r.invitasjon_id = i.id and r.rolle = 'supervisor' and (r.til is null or r.til > ${now}))
		order by sist desc nulls last, navn, id
	`.execute(db);
	return rows;
}
