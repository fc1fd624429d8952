import type { Sprak } from '#lib/domain/actor.ts';
import type { Valg, Varselgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Mottakerrolle } from '#lib/domain/varsel/regler.ts';
import { sql, type Db } from '../db/pool.ts';

/** What receivers are found by. */
export type Om = {
	lisId: string | null;
	objektId: string | null;
	/** The person concerned. */
	personId: string | null;
	aktorId: string | null;
	at: Date;
};

/** Somebody to tell, with what they have chosen; `valg` is null where the default holds. */
export type VarselMottaker = {
	id: string;
	som: Mottakerrolle;
	navn: string;
	epost: string;
	sprak: Sprak;
	/** Mail may go: the person is active and has not refused all of it. */
	kanFaEpost: boolean;
	valg: Valg | null;
};

/** Everybody whom a rule means, never the one who acts; somebody who is several of them comes several times. */
export async function listMottakere(
	db: Db,
	om: Om,
	{ roller, gruppe }: { roller: Mottakerrolle[]; gruppe: Varselgruppe }
): Promise<VarselMottaker[]> {
	const { lisId, objektId, personId, aktorId, at } = om;
	const er = (rolle: Mottakerrolle) => sql`${rolle}::text = any(${roller}::text[])`;
	const na = sql`fra <= ${at} and (til is null or til > ${at})`;
	const { rows } = await sql<{
		id: string;
		som: Mottakerrolle;
		navn: string;
		epost: string;
		sprak: Sprak;
		kanFaEpost: boolean;
		umiddelbar: boolean | null;
		ukentlig: boolean | null;
		hjem: boolean | null;
	}>`
		with mottaker (id, som) as (
			select ${lisId}::uuid, 'lis' where ${er('lis')}
			union all
			select person_id, rolle from relasjon
			where lis_id = ${lisId}::uuid and rolle in ('leder', 'veileder') and rolle = any(${roller}::text[]) and ${na}
			union all
			select supervisor_id, 'supervisor' from laeringsaktivitet where id = ${objektId}::uuid and ${er('supervisor')}
			union all
			select person_id, 'deltaker' from samtale_deltaker where samtale_id = ${objektId}::uuid and ${na} and ${er('deltaker')}
			union all
			select bruker_id, 'hdir' from fast_rolle where rolle = 'hdir' and ${na} and ${er('hdir')}
			union all
			select ${personId}::uuid, 'personen' where ${er('personen')}
			union all
			select opprettet_av, 'innbyder' from invitasjon where id = ${objektId}::uuid and ${er('innbyder')}
		)
		select b.id, m.som, b.navn, b.epost, b.sprak, b.status = 'aktiv' and not b.ingen_epost as "kanFaEpost",
			v.umiddelbar, v.ukentlig, v.hjem
		from mottaker m
		join bruker b on b.id = m.id
		left join varselvalg v on v.bruker_id = b.id and v.gruppe = ${gruppe}
		where b.id is distinct from ${aktorId}::uuid
		order by b.id
	`.execute(db);
	return rows.map(({ umiddelbar, ukentlig, hjem, ...rad }) => ({
		...rad,
		valg: umiddelbar === null || ukentlig === null || hjem === null ? null : { umiddelbar, ukentlig, hjem }
	}));
}

/** The names that a notification is told with: who acted, whose record it is, and who it concerns or was invited. */
export async function findNavn(
	db: Db,
	{ aktorId, lisId, personId, objektId }: Omit<Om, 'at'>
): Promise<{ aktor: string | null; lis: string | null; person: string | null }> {
	const { rows } = await sql<{ aktor: string | null; lis: string | null; person: string | null }>`
		select
			(select navn from bruker where id = ${aktorId}::uuid) as aktor,
			(select navn from bruker where id = ${lisId}::uuid) as lis,
			coalesce(
				(select navn from bruker where id = ${personId}::uuid),
				(select navn from invitasjon where id = ${objektId}::uuid)
			) as person
	`.execute(db);
	return rows[0] ?? { aktor: null, lis: null, person: null };
}

export type NyttVarsel = {
	id: string;
	hendelseId: number;
	mottakerId: string;
	som: string;
	type: string;
	gruppe: Varselgruppe;
	kort: string;
	lisId: string | null;
	objektId: string | null;
	sti: string;
	data: object;
	at: Date;
	vis: boolean;
	ukentlig: boolean;
	epostId: string | null;
};

/** Writes what some people are told of one event. */
export async function insertVarsler(trx: Db, varsler: NyttVarsel[]): Promise<void> {
	if (varsler.length === 0) return;
	await trx
		.insertInto('varsel')
		.values(
			varsler.map((v) => ({
				...{ id: v.id, hendelse_id: v.hendelseId, mottaker_id: v.mottakerId, som: v.som, type: v.type },
				...{ gruppe: v.gruppe, kort: v.kort, lis_id: v.lisId, objekt_id: v.objektId, sti: v.sti },
				...{ data: JSON.stringify(v.data), created_at: v.at, vis: v.vis, ukentlig: v.ukentlig, epost_id: v.epostId }
			}))
		)
		.execute();
}

/** Settles what stands unread about a thing. Returns whose it was. */
export async function lesOmObjekt(trx: Db, objektId: string, at: Date): Promise<string[]> {
	const rader = await trx
		.updateTable('varsel')
		.set({ lest_at: at })
		.where('objekt_id', '=', objektId)
		.where('lest_at', 'is', null)
		.returning('mottaker_id')
		.execute();
	return [...new Set(rader.map(({ mottaker_id }) => mottaker_id))];
}

/** The mail that told the same person of the same kind of thing in the same act, while it has not left: it tells of one more. Undefined when there is none. */
export async function leggTilIEpost(
	trx: Db,
	{ mottakerId, type, lisId, at }: { mottakerId: string; type: string; lisId: string | null; at: Date }
): Promise<string | undefined> {
	const rad = await trx
		.updateTable('epost as e')
		.from('varsel as v')
		.set({
			data: sql`jsonb_set(e.data, '{varsel,antall}', to_jsonb((e.data #>> '{varsel,antall}')::integer + 1))`
		})
		.whereRef('e.id', '=', 'v.epost_id')
		.where('e.status', '=', 'venter')
		.where('v.mottaker_id', '=', mottakerId)
		.where('v.type', '=', type)
		.where(sql<boolean>`v.lis_id is not distinct from ${lisId}::uuid`)
		.where('v.created_at', '=', at)
		.returning('e.id')
		.executeTakeFirst();
	return rad?.id;
}
