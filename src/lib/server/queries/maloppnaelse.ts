import { erId } from '#lib/domain/id.ts';
import type { MalStatus, Mangler, Uten } from '#lib/domain/laering/mal.ts';
import type { MalTilgang } from '../authz/actions.ts';
import { sql, type Db } from '../db/pool.ts';

/** Where a læringsmål stands for one LIS. Without a row it is in progress. */
export type MalRad = {
	/** Null while there is no row. */
	id: string | null;
	kode: string;
	/** The version of the catalogue that it is judged by. */
	katalogId: string;
	status: MalStatus;
	fullfortDato: string | null;
	kommentar: string | null;
	nyVurdering: boolean;
	sendtAt: Date | null;
	avgjortAt: Date | null;
	avgjortNavn: string | null;
	avgjortRolle: 'leder' | 'hdir' | null;
	grunn: string | null;
	uten: Uten | null;
	utenTekst: string | null;
	bekreftetAt: Date | null;
	versjon: number;
	mangler: Mangler;
	/** Those that stand, the oldest first. */
	anbefalinger: Malanbefaling[];
} & MalTilgang;

export type Malanbefaling = { av: string; navn: string; rolle: 'veileder' | 'supervisor'; at: Date };
type Rad = Omit<MalRad, 'anbefalinger'> & { anbefalinger: (Omit<Malanbefaling, 'at'> & { at: string })[] };

/** The goals of the plans of one LIS that are not archived; each once, by its newest plan. */
async function malForLis(db: Db, lisId: string, kode: string | null): Promise<MalRad[]> {
	const { rows } = await sql<Rad>`
		select distinct on (m.kode)
			g.id, m.kode, coalesce(g.katalog_id, p.katalog_id) as "katalogId", coalesce(g.status, 'pagar') as status,
			g.fullfort_dato as "fullfortDato", g.kommentar, coalesce(g.ny_vurdering, false) as "nyVurdering", g.sendt_at as "sendtAt",
			g.avgjort_at as "avgjortAt", b.navn as "avgjortNavn", g.avgjort_rolle as "avgjortRolle", g.grunn, g.uten,
			g.uten_tekst as "utenTekst", g.bekreftet_at as "bekreftetAt", coalesce(g.versjon, 0) as versjon,
			jsonb_build_object('krav', x.krav, 'veileder', x.veileder, 'supervisor', x.supervisor) as mangler,
			p.lis_id as "lisId", g.avgjort_av as "avgjortAv", p.status = 'delt' as delt,
			coalesce(s.supervisorer, '{}') as supervisorer,
			coalesce((
				select jsonb_agg(jsonb_build_object('av', r.av, 'navn', v.navn, 'rolle', r.rolle, 'at', r.at) order by r.at, r.id)
				from anbefaling r join bruker v on v.id = r.av
				where r.lis_id = p.lis_id and r.kode = m.kode and r.trukket_at is null), '[]') as anbefalinger
		from plan_tildeling p
		join katalog_mal m on m.katalog_id = p.katalog_id
		left join maloppnaelse g on g.lis_id = p.lis_id and g.kode = m.kode
		left join bruker b on b.id = g.avgjort_av
		left join (
			select am.kode, array_agg(distinct a.supervisor_id) as supervisorer
			from laeringsaktivitet a join laeringsaktivitet_mal am on am.aktivitet_id = a.id
			where a.lis_id = ${lisId} and a.status <> 'kladd' and a.supervisor_id is not null group by am.kode
		) s on s.kode = m.kode
		cross join lateral maloppnaelse_mangler(p.lis_id, m.kode, coalesce(g.katalog_id, p.katalog_id)) x
		where p.lis_id = ${lisId} and p.status <> 'arkivert' ${kode === null ? sql`` : sql`and m.kode = ${kode}`}
		order by m.kode, p.tildelt_at desc
	`.execute(db);
	return rows.map((rad) => ({
		...rad,
		anbefalinger: rad.anbefalinger.map((en) => ({ ...en, at: new Date(en.at) }))
	}));
}

/** Every goal of the plans of one LIS, in the order of their codes. */
export function listMalForLis(db: Db, lisId: string): Promise<MalRad[]> {
	return malForLis(db, lisId, null);
}

/** One goal of one LIS; undefined when it is in none of their plans, and for what can be no id or code. */
export async function findMal(db: Db, lisId: string, kode: string): Promise<MalRad | undefined> {
	if (!erId(lisId) || !/^[A-Z]{2,8}-\d{3}$/.test(kode)) return undefined;
	return (await malForLis(db, lisId, kode))[0];
}

export type NyMaloppnaelse = {
	id: string;
	lisId: string;
	kode: string;
	katalogId: string;
	fullfortDato: string;
	kommentar: string | null;
	now: Date;
};

/** A goal that is sent for the first time. Nothing when somebody was first: the caller finds out by `findMal`. */
export async function insertSendt(trx: Db, ny: NyMaloppnaelse): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('maloppnaelse')
		.values({
			id: ny.id,
			lis_id: ny.lisId,
			kode: ny.kode,
			katalog_id: ny.katalogId,
			status: 'sendt',
			fullfort_dato: ny.fullfortDato,
			kommentar: ny.kommentar,
			sendt_at: ny.now
		})
		.onConflict((oc) => oc.columns(['lis_id', 'kode']).doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

export type MalEndring = {
	katalog_id?: string;
	status?: MalStatus;
	fullfort_dato?: string | null;
	kommentar?: string | null;
	ny_vurdering?: boolean;
	sendt_at?: Date | null;
	avgjort_at?: Date | null;
	avgjort_av?: string | null;
	avgjort_rolle?: 'leder' | 'hdir' | null;
	grunn?: string | null;
	uten?: Uten | null;
	uten_tekst?: string | null;
	godkjent_hash?: Buffer;
	bekreftet_at?: Date | null;
	bekreftet_av?: string | null;
};

export async function updateMal(trx: Db, id: string, endring: MalEndring): Promise<void> {
	await trx.updateTable('maloppnaelse').set(endring).where('id', '=', id).execute();
}

/** Holds back every other change of the goals, plans and aktiviteter of one LIS until the transaction ends. */
export async function lockLaering(trx: Db, lisId: string): Promise<void> {
	await sql`select pg_advisory_xact_lock(hashtextextended('laering:' || ${lisId}, 0))`.execute(trx);
}
