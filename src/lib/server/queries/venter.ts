import type { Rolle } from '#lib/domain/actor.ts';
import type { Venter } from '#lib/domain/varsel/venter.ts';
import { sql, type Db } from '../db/pool.ts';

/** What stands with somebody: how many, since when the oldest, and which that is. `lis`: whose it is, when the person follows them. */
export type VenterRad = { hva: Venter; lis: string | null; antall: number; eldst: Date; ett: string };

/** Everything that stands with a person in these roles, counted by kind and by LIS, in one question. */
export async function listVenter(
	db: Db,
	{ brukerId, roller, now }: { brukerId: string; roller: Rolle[]; now: Date }
): Promise<VenterRad[]> {
	const er = (rolle: Rolle) => sql`${rolle}::text = any(${roller}::text[])`;
	const { rows } = await sql<VenterRad>`
		with v (hva, siden, id, lis) as (
			select 'signering', sendt_at, id::text, lis_id from laeringsaktivitet
			where supervisor_id = ${brukerId} and status = 'sendt' and ${er('supervisor')}
			union all
			select 'godkjenning', m.sendt_at, m.kode, m.lis_id from maloppnaelse m
			where m.status = 'sendt' and ${er('leder')} and exists (
				select from relasjon r
				where r.lis_id = m.lis_id and r.person_id = ${brukerId} and r.rolle = 'leder' and r.fra <= ${now} and (r.til is null or r.til > ${now}))
			union all
			select 'anbefaling', m.sendt_at, m.lis_id::text, m.lis_id from maloppnaelse m
			where m.status = 'sendt' and ${er('veileder')} and exists (
				select from relasjon r
				where r.lis_id = m.lis_id and r.person_id = ${brukerId} and r.rolle = 'veileder' and r.fra <= ${now} and (r.til is null or r.til > ${now}))
			and not exists (
				select from anbefaling a
				where a.lis_id = m.lis_id and a.kode = m.kode and a.rolle = 'veileder' and a.trukket_at is null)
			union all
			select 'forslag', f.created_at, f.samtale_id::text, s.lis_id from samtale_forslag f
			join samtale s on s.id = f.samtale_id and s.status in ('planlagt', 'aktiv')
			where f.utfall is null and ${er('veileder')} and exists (
				select from samtale_deltaker d
				where d.samtale_id = f.samtale_id and d.person_id = ${brukerId} and d.rolle = 'veileder'
					and d.fra <= ${now} and (d.til is null or d.til > ${now}))
			union all
			select 'bekreftPerson', avgjort_at, id::text, null from invitasjon
			where lis_id = ${brukerId} and status = 'til_bekreftelse' and ${er('lis')}
			union all
			select 'bekreftSignatur', k.brukt_at, k.aktivitet_id::text, null from signeringskode k
			join laeringsaktivitet a on a.id = k.aktivitet_id and a.lis_id = ${brukerId}
			where k.brukt_at is not null and k.bekreftet_at is null and k.avvist_at is null and ${er('lis')}
			union all
			select 'aktivitet', avgjort_at, id::text, null from laeringsaktivitet
			where lis_id = ${brukerId} and status = 'underkjent' and ${er('lis')}
			union all
			select 'mal', avgjort_at, kode, null from maloppnaelse
			where lis_id = ${brukerId} and status in ('sendt_tilbake', 'underkjent', 'trukket') and ${er('lis')}
			union all
			select 'sak', delt_at, id::text, null from plan_tildeling
			where status = 'delt' and behandlet_at is null and ${er('hdir')}
			union all
			select 'epost', created_at, id::text, null from epost
			where status = 'feilet' and sett_at is null and ${er('drift')}
		)
		select hva, lis, count(*)::integer as antall, min(siden) as eldst, (array_agg(id order by siden, id))[1] as ett
		from v group by hva, lis
	`.execute(db);
	return rows;
}
