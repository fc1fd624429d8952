import type { RelasjonRolle } from '#lib/domain/actor.ts';
import type { Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { Fravaersperiode } from '#lib/domain/laering/tjenestetid.ts';
import { sql, type Db } from '../db/pool.ts';
import { fravaerSomJson } from './fravaer.ts';

/** A goal of a plan that is not archived. Days as YYYY-MM-DD, instants as ISO 8601: they come as JSON. */
export type FremdriftMal = {
	/** Null while there is no row. */
	id: string | null;
	kode: string;
	/** The version of the catalogue that it is judged by. */
	katalogId: string;
	status: MalStatus;
	/** The day in Norway on which it was approved. */
	godkjentDato: string | null;
	sendtAt: string | null;
	/** The veileder has recommended it. */
	anbefalt: boolean;
};

/** An aktivitet that waits for a supervisør, or for somebody invited who has not accepted yet. */
export type FremdriftAktivitet = {
	id: string;
	kravId: string;
	sendtAt: string;
	supervisorId: string | null;
	navn: string;
};

/** All that the progress of one LIS is reckoned from. */
export type FremdriftRad = {
	id: string;
	navn: string;
	farge: number;
	arbeidssted: string | null;
	startDato: string | null;
	fravaer: (Fravaersperiode & { id: string })[];
	/** The first plan of those that are not archived. */
	planId: string | null;
	/** Leder and veileder now, the standing ones before their deputies. */
	folk: { id: string; navn: string; rolle: Exclude<RelasjonRolle, 'supervisor'> }[];
	mal: FremdriftMal[];
	venter: FremdriftAktivitet[];
	/** The courses that are registered, with the first day. */
	kurs: { kurs: Kurs; dato: string }[];
};

/** The progress of several LIS with one question, however many they are. */
export async function listFremdrift(db: Db, lisIder: string[], now: Date): Promise<FremdriftRad[]> {
	if (lisIder.length === 0) return [];
	const { rows } = await sql<FremdriftRad>`
		select b.id, b.navn, b.farge, s.navn as arbeidssted, l.start_dato as "startDato",
			${fravaerSomJson('l.bruker_id')} as fravaer,
			(select p.id from plan_tildeling p where p.lis_id = l.bruker_id and p.status <> 'arkivert' order by p.tildelt_at, p.id limit 1) as "planId",
			coalesce((
				select jsonb_agg(jsonb_build_object('id', p.id, 'navn', p.navn, 'rolle', r.rolle) order by r.til desc nulls first, r.fra, p.id)
				from relasjon r join bruker p on p.id = r.person_id
				where r.lis_id = l.bruker_id and r.rolle in ('leder', 'veileder') and r.fra <= ${now} and (r.til is null or r.til > ${now})
			), '[]') as folk,
			coalesce((select jsonb_agg(m order by m.kode) from (
				select distinct on (k.kode) g.id, k.kode, coalesce(g.katalog_id, p.katalog_id) as "katalogId", coalesce(g.status, 'pagar') as status,
					case when g.status = 'godkjent' then (g.avgjort_at at time zone 'Europe/Oslo')::date end as "godkjentDato",
					case when g.status = 'sendt' then g.sendt_at end as "sendtAt",
					coalesce((select true from anbefaling a
						where a.lis_id = p.lis_id and a.kode = k.kode and a.rolle = 'veileder' and a.trukket_at is null limit 1), false) as anbefalt
				from plan_tildeling p
				join katalog_mal k on k.katalog_id = p.katalog_id
				left join maloppnaelse g on g.lis_id = p.lis_id and g.kode = k.kode
				where p.lis_id = l.bruker_id and p.status <> 'arkivert'
				order by k.kode, p.tildelt_at desc
			) m), '[]') as mal,
			coalesce((
				select jsonb_agg(jsonb_build_object('id', a.id, 'kravId', a.krav_id, 'sendtAt', a.sendt_at, 'supervisorId', a.supervisor_id,
					'navn', coalesce(p.navn, i.navn)) order by a.sendt_at, a.id)
				from laeringsaktivitet a left join bruker p on p.id = a.supervisor_id left join invitasjon i on i.id = a.invitasjon_id
				where a.lis_id = l.bruker_id and a.status = 'sendt'
			), '[]') as venter,
			coalesce((select jsonb_agg(k order by k.kurs) from (
				select a.kurs, min(a.dato) as dato from laeringsaktivitet a
				where a.lis_id = l.bruker_id and a.status = 'registrert' and a.kurs is not null group by a.kurs
			) k), '[]') as kurs
		from lis l
		join bruker b on b.id = l.bruker_id
		left join arbeidssted s on s.id = l.arbeidssted_id
		where l.bruker_id = any(${lisIder}::uuid[])
	`.execute(db);
	return rows;
}
