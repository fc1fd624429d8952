import type { Sprak } from '#lib/domain/actor.ts';
import type { Fravaersperiode } from '#lib/domain/laering/tjenestetid.ts';
import type { SamtaleStatus } from '#lib/domain/samtale/samtale.ts';
import type { Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import { sql, type Db } from '../db/pool.ts';
import { fravaerSomJson } from './fravaer.ts';

/** One occasion of a reminder; see the table. */
export type Gang = { slag: 'samtale' | 'star' | 'stille' | 'halvveis' | 'brev'; objektId: string; gang: string };

/** Writes that a reminder is given, in the transaction that gives it. False when it has been, or is being, by another worker. */
export async function noterPaminnelse(trx: Db, { slag, objektId, gang }: Gang, at: Date): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('paminnelse')
		.values({ slag, objekt_id: objektId, gang, at })
		.onConflict((oc) => oc.columns(['slag', 'objekt_id', 'gang']).doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

/** A samtale that comes, with when its time was set and those who take part now. Days as YYYY-MM-DD, times as HH:MM. */
export type KommendeSamtale = {
	id: string;
	lisId: string;
	status: SamtaleStatus;
	versjon: number;
	dato: string;
	fra: string | null;
	til: string | null;
	sted: string | null;
	sattAt: Date;
	deltakere: { personId: string; navn: string }[];
};

/** The samtaler after one day and up to another that nobody was reminded of for their day; only one of them when `id` is given. */
export async function listKommendeSamtaler(
	db: Db,
	{ etter, til, now, id }: { etter: string; til: string; now: Date; id?: string }
): Promise<KommendeSamtale[]> {
	const { rows } = await sql<KommendeSamtale>`
		select s.id, s.lis_id as "lisId", s.status, s.versjon, s.dato, to_char(s.fra, 'HH24:MI') as fra, to_char(s.til, 'HH24:MI') as til, s.sted,
			coalesce((
				select max(h.at) from hendelse h
				where h.objekt_id = s.id and h.type in ('samtale.opprettet', 'samtale.flyttet', 'samtale.forslag-godtatt')
			), s.created_at) as "sattAt",
			coalesce((
				select jsonb_agg(jsonb_build_object('personId', b.id, 'navn', b.navn) order by d.rolle, b.id)
				from samtale_deltaker d join bruker b on b.id = d.person_id
				where d.samtale_id = s.id and d.fra <= ${now} and (d.til is null or d.til > ${now})
			), '[]') as deltakere
		from samtale s
		where s.status in ('planlagt', 'aktiv') and s.dato > ${etter}::date and s.dato <= ${til}::date
			and (${id ?? null}::uuid is null or s.id = ${id ?? null}::uuid)
			and not exists (select from paminnelse p where p.slag = 'samtale' and p.objekt_id = s.id and p.gang = s.dato::text)
		order by s.dato, s.fra, s.id
	`.execute(db);
	return rows;
}

/** Something that was sent and stands with a person, with what they were reminded of. */
export type StaendeSak = {
	slag: 'aktivitet' | 'mal';
	id: string;
	lisId: string;
	personId: string;
	kode: string | null;
	/** Since when it stands with them: since it was sent, or since they have had the role. */
	siden: Date;
	/** This sending to this person. */
	gang: string;
	/** The reminder after a week was given. */
	paminnet: boolean;
};

const sending = (person: string, sendt: string) =>
	sql.raw(`${person} || ' ' || (extract(epoch from ${sendt}) * 1000)::bigint`);

/**
 * What was sent before `senest` and stands with a supervisør or a leder who was not reminded for the last time; only one of them when `id` is given.
 * Where a leder has a deputy it stands with the leder.
 */
export async function listStaende(
	db: Db,
	{ senest, now, id = null }: { senest: Date; now: Date; id?: string | null }
): Promise<StaendeSak[]> {
	const { rows } = await sql<StaendeSak>`
		with sak as (
			select 'aktivitet' as slag, a.id, a.lis_id, a.supervisor_id as person_id, null as kode, a.sendt_at,
				(select min(r.fra) from relasjon r where r.lis_id = a.lis_id and r.person_id = a.supervisor_id and r.rolle = 'supervisor') as fra,
				${sending('a.supervisor_id', 'a.sendt_at')} as gang
			from laeringsaktivitet a
			where a.status = 'sendt' and a.supervisor_id is not null and a.sendt_at < ${senest}
			union all
			select 'mal', m.id, m.lis_id, l.person_id, m.kode, m.sendt_at, l.fra, ${sending('l.person_id', 'm.sendt_at')}
			from maloppnaelse m
			cross join lateral (
				select r.person_id, r.fra from relasjon r
				where r.lis_id = m.lis_id and r.rolle = 'leder' and r.fra <= ${now} and (r.til is null or r.til > ${now})
				order by r.til desc nulls first, r.fra, r.person_id limit 1
			) l
			where m.status = 'sendt' and m.sendt_at < ${senest}
				and exists (select from plan_tildeling p join katalog_mal k on k.katalog_id = p.katalog_id
					where p.lis_id = m.lis_id and p.status <> 'arkivert' and k.kode = m.kode)
		)
		select s.slag, s.id, s.lis_id as "lisId", s.person_id as "personId", s.kode, greatest(s.sendt_at, s.fra) as siden, s.gang,
			exists (select from paminnelse p where p.slag = 'star' and p.objekt_id = s.id and p.gang = s.gang || ' 7') as paminnet
		from sak s
		where (${id}::uuid is null or s.id = ${id}::uuid)
			and not exists (select from paminnelse p where p.slag = 'star' and p.objekt_id = s.id and p.gang = s.gang || ' 14')
		order by s.sendt_at, s.id
	`.execute(db);
	return rows;
}

/** A LIS in the service, with what reminders of the service follow from. Days as YYYY-MM-DD. */
export type LisITjeneste = {
	id: string;
	startDato: string;
	fravaer: Fravaersperiode[];
	/** The last samtale that was held, and whether one comes today or later. */
	siste: string | null;
	planlagt: boolean;
	/** Since when there had been none, the last time that this was told. */
	stille: string | null;
	/** That half of the service has passed was told. */
	halvveis: boolean;
};

/** Every LIS who began between two days and has more to do: a plan that is not complete, and no confirmed service. One of them when `id` is given. */
export async function listLisITjeneste(
	db: Db,
	{ fra, til, id = null }: { fra: string; til: string; id?: string | null }
): Promise<LisITjeneste[]> {
	const { rows } = await sql<LisITjeneste>`
		select l.bruker_id as id, l.start_dato as "startDato", ${fravaerSomJson('l.bruker_id')} as fravaer,
			(select max(coalesce(s.dato, (coalesce(s.ferdigstilt_at, s.created_at) at time zone 'Europe/Oslo')::date)) from samtale s
				where s.lis_id = l.bruker_id and s.status in ('aktiv', 'ferdigstilt') and (s.dato is null or s.dato <= ${til}::date))::text as siste,
			exists (select from samtale s
				where s.lis_id = l.bruker_id and s.status in ('planlagt', 'aktiv') and s.dato >= ${til}::date) as planlagt,
			(select max(p.gang) from paminnelse p where p.slag = 'stille' and p.objekt_id = l.bruker_id) as stille,
			exists (select from paminnelse p where p.slag = 'halvveis' and p.objekt_id = l.bruker_id) as halvveis
		from lis l
		where l.start_dato between ${fra}::date and ${til}::date
			and (${id}::uuid is null or l.bruker_id = ${id}::uuid)
			and exists (select from plan_tildeling p where p.lis_id = l.bruker_id and p.status in ('tildelt', 'paabegynt', 'inaktiv'))
			and not exists (select from tjenestebekreftelse t where t.lis_id = l.bruker_id)
		order by l.bruker_id
	`.execute(db);
	return rows;
}

/** Somebody to whom the mail of the day goes. */
export type Brevmottaker = { id: string; navn: string; epost: string; sprak: Sprak };

/** What the mail of one group says at once, of notifications since `fra` that are unread and in no mail; `standard`: wanted unless chosen otherwise. */
type Utvalg = { gruppe: Varselgruppe; standard: boolean; fra: Date };

/** Those who want what is in no mail yet by mail at once. */
export async function listBrevmottakere(db: Db, { gruppe, standard, fra }: Utvalg): Promise<Brevmottaker[]> {
	const { rows } = await sql<Brevmottaker>`
		select b.id, b.navn, b.epost, b.sprak from bruker b
		where b.status = 'aktiv' and not b.ingen_epost
			and b.id in (select v.mottaker_id from varsel v
				where v.gruppe = ${gruppe} and v.created_at >= ${fra} and v.epost_id is null and v.lest_at is null)
			and coalesce((select k.umiddelbar from varselvalg k where k.bruker_id = b.id and k.gruppe = ${gruppe}), ${standard})
		order by b.id
	`.execute(db);
	return rows;
}

export type Brevlinje = { id: string; type: string; som: string; sti: string; data: Varselnavn };

/** What a person's mail of the day holds, in the order in which it happened. */
export function listBrevlinjer(
	db: Db,
	mottakerId: string,
	{ gruppe, fra }: Omit<Utvalg, 'standard'>
): Promise<Brevlinje[]> {
	return db
		.selectFrom('varsel')
		.select(['id', 'type', 'som', 'sti', sql<Varselnavn>`data`.as('data')])
		.where('mottaker_id', '=', mottakerId)
		.where('gruppe', '=', gruppe)
		.where('created_at', '>=', fra)
		.where('epost_id', 'is', null)
		.where('lest_at', 'is', null)
		.orderBy('hendelse_id')
		.execute();
}

/** They were told by this mail. */
export async function updateIBrev(trx: Db, ider: string[], epostId: string): Promise<void> {
	await trx.updateTable('varsel').set({ epost_id: epostId }).where('id', 'in', ider).execute();
}
