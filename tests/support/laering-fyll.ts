import { sql } from '#lib/server/db/pool.ts';
import type { World } from './world.ts';

/**
 * Rows for every LIS in the tables that the load world leaves empty: PostgreSQL walks a short table whatever its indexes are, which says nothing of
 * how it answers when everybody has invited, been away, been opened, sent files and agreed on a training plan. Then its statistics are brought up to date.
 */
export async function fyllLaering({ owner, now }: World): Promise<void> {
	await sql`
		with ny as (
			insert into invitasjon (id, lis_id, opprettet_av, navn, epost, sprak, status, token_hash, created_at, sendt_at, utloper_at)
			select gen_random_uuid(), bruker_id, bruker_id, 'Invitert', 'invitert@example.org', 'nb', 'sendt', sha256(bruker_id::text::bytea),
				${now}, ${now}, ${now}::timestamptz + interval '14 days'
			from lis returning id)
		insert into invitasjon_rolle (invitasjon_id, rolle) select id, 'supervisor' from ny`.execute(owner);
	await sql`
		insert into fravaer (id, lis_id, slag, fra, til, opprettet_av, created_at)
		select gen_random_uuid(), bruker_id, 'annet', ${now}::date - 9, ${now}::date - 8 + n, bruker_id, ${now} from lis, generate_series(1, 3) n
	`.execute(owner);
	await sql`
		insert into tjenestebekreftelse (id, lis_id, av, fra, til, at)
		select gen_random_uuid(), lis_id, person_id, ${now}::date - 200, ${now}::date, ${now} from relasjon where rolle = 'leder'`.execute(
		owner
	);
	await sql`
		with ny as (
			insert into utdanningsplan (id, lis_id, versjon, innhold, skrevet_av, at)
			select gen_random_uuid(), bruker_id, n, '{}', bruker_id, ${now} from lis, generate_series(1, 3) n returning id, lis_id)
		insert into utdanningsplan_enighet (utdanningsplan_id, av, rolle, at) select id, lis_id, 'lis', ${now} from ny`.execute(
		owner
	);
	await sql`
		insert into innsyn (at, lis_id, person_id, rolle, objekt, objekt_id)
		select ${now}::timestamptz - interval '1 day' * n, r.lis_id, r.person_id, r.rolle, 'plan', p.id
		from relasjon r join plan_tildeling p on p.lis_id = r.lis_id, generate_series(1, 3) n`.execute(owner);
	await sql`
		insert into signeringskode (token_hash, aktivitet_id, created_at, utloper_at)
		select sha256(id::text::bytea), id, ${now}, ${now} from laeringsaktivitet where status = 'signert'`.execute(owner);
	await sql`
		insert into fil (id, lis_id, opplastet_av, navn, kategori, storrelse, status, created_at)
		select gen_random_uuid(), bruker_id, bruker_id, 'Attest.pdf', 'attest', 1000, 'laster', ${now} from lis, generate_series(1, 5)`.execute(
		owner
	);
	await sql`
		insert into fil (id, lis_id, opplastet_av, navn, kategori, storrelse, status, created_at, aktivitet_id)
		select gen_random_uuid(), lis_id, lis_id, 'Attest.pdf', 'attest', 1000, 'laster', ${now}, id
		from laeringsaktivitet where status not in ('sendt', 'signert')`.execute(owner);
	await sql`vacuum (analyze)`.execute(owner);
}
