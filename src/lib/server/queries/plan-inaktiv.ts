import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { sql, type Db } from '../db/pool.ts';

/** A plan in which the LIS may do something yet, and when they last did. */
export type StillePlan = {
	id: string;
	lisId: string;
	plan: string;
	status: 'tildelt' | 'paabegynt';
	navn: Tospraklig;
	siste: Date;
	permisjonTil: string | null;
};

/** Plans whose LIS did nothing in them after `grense`, the quietest first; one of them when `id` is given, whenever that was. */
export async function listStillePlaner(
	db: Db,
	valg: { grense: Date; iDag: string; antall: number } | { id: string; iDag: string }
): Promise<StillePlan[]> {
	const bare = 'id' in valg ? sql`p.id = ${valg.id}` : sql`p.tildelt_at < ${valg.grense}`;
	const stille = 'id' in valg ? sql`true` : sql`s.siste < ${valg.grense}`;
	const { rows } = await sql<StillePlan>`
		select p.id, p.lis_id as "lisId", p.plan, p.status, jsonb_build_object('nb', k.navn_nb, 'nn', k.navn_nn) as navn, s.siste,
			(select max(f.til)::text from fravaer f
				where f.lis_id = p.lis_id and f.slag = 'permisjon' and f.slettet_at is null and f.fra <= ${valg.iDag}::date) as "permisjonTil"
		from plan_tildeling p
		join katalog k on k.id = p.katalog_id
		cross join lateral (
			select greatest(p.tildelt_at, p.paabegynt_at,
				(select max(a.endret_at) from laeringsaktivitet a join laeringsaktivitet_mal am on am.aktivitet_id = a.id
					join katalog_mal m on m.katalog_id = p.katalog_id and m.kode = am.kode where a.lis_id = p.lis_id),
				(select max(h.at) from hendelse h left join laeringsaktivitet_mal am on am.aktivitet_id = h.objekt_id
					left join katalog_mal m on m.katalog_id = p.katalog_id and m.kode = coalesce(am.kode, h.data ->> 'kode')
					where h.lis_id = p.lis_id and h.aktor_id = p.lis_id and (m.kode is not null or h.objekt_id = p.id))) as siste) s
		where p.status in ('tildelt', 'paabegynt') and ${bare} and ${stille}
		order by s.siste, p.id
		limit ${'id' in valg ? 1 : valg.antall}
	`.execute(db);
	return rows;
}
