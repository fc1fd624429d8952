import type { AktivitetSlag, AktivitetStatus, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { Uten } from '#lib/domain/laering/mal.ts';
import type { Nivaa } from '#lib/domain/laering/nivaa.ts';
import type { PlanStatus } from '#lib/domain/laering/plan.ts';
import { sql, type Db } from '../db/pool.ts';

/**
 * Makers of synthetic læring in bulk, for the demo world and the load world: what people would have made one by one. Rows are led through the same
 * states, so that the triggers judge them as they judge people. They need the owner's rights.
 */

export type SyntetiskAktivitet = {
	id: string;
	lis_id: string;
	krav_id: string | null;
	slag: AktivitetSlag;
	kurs: Kurs | null;
	koder: string[];
	status: AktivitetStatus;
	dato: string;
	sted: string;
	tekst: string;
	refleksjon: string | null;
	nivaa: Nivaa | null;
	supervisor_id: string | null;
	created_at: Date;
	sendt_at: Date | null;
	avgjort_at: Date | null;
	grunn: string | null;
	/** Hex. */
	signert_hash: string | null;
};

export type SyntetiskMal = {
	id: string;
	lis_id: string;
	kode: string;
	katalog_id: string;
	status: 'sendt' | 'godkjent' | 'sendt_tilbake' | 'underkjent';
	fullfort_dato: string;
	sendt_at: Date;
	avgjort_at: Date | null;
	avgjort_av: string | null;
	grunn: string | null;
	uten: Uten | null;
	bekreftet_at: Date | null;
	bekreftet_av: string | null;
};

export type SyntetiskAnbefaling = {
	id: string;
	lis_id: string;
	kode: string;
	av: string;
	rolle: 'veileder' | 'supervisor';
	at: Date;
};

export type SyntetiskPlan = { lis_id: string; status: PlanStatus; at: Date; behandlet_at: Date | null };

/** Adds aktiviteter as drafts with their goals, and takes each to its state. */
export async function insertSyntetiskeAktiviteter(trx: Db, rader: SyntetiskAktivitet[]): Promise<void> {
	for (const del of deler(rader)) {
		await sql`
			insert into laeringsaktivitet (id, lis_id, krav_id, slag, kurs, status, dato, sted, tekst, refleksjon, nivaa, supervisor_id, created_at, endret_at)
			select id, lis_id, krav_id, slag, kurs, 'kladd', dato, sted, tekst, refleksjon, nivaa, supervisor_id, created_at, created_at
			from jsonb_populate_recordset(null::laeringsaktivitet, ${del}::jsonb)
		`.execute(trx);
		await sql`
			insert into laeringsaktivitet_mal (aktivitet_id, kode)
			select r.id, k.kode from jsonb_to_recordset(${del}::jsonb) as r(id uuid, koder jsonb), jsonb_array_elements_text(r.koder) as k(kode)
		`.execute(trx);
		await sql`
			update laeringsaktivitet a set status = 'sendt', sendt_at = r.sendt_at
			from jsonb_populate_recordset(null::laeringsaktivitet, ${del}::jsonb) r
			where a.id = r.id and r.status in ('sendt', 'signert', 'underkjent')
		`.execute(trx);
		await sql`
			update laeringsaktivitet a set status = r.status, avgjort_at = r.avgjort_at, grunn = r.grunn, endret_at = coalesce(r.avgjort_at, a.endret_at),
				avgjort_av = case when r.avgjort_at is not null then r.supervisor_id end, signert_hash = decode(r.signert_hash, 'hex')
			from jsonb_to_recordset(${del}::jsonb) as r(id uuid, status text, avgjort_at timestamptz, grunn text, supervisor_id uuid, signert_hash text)
			where a.id = r.id and r.status in ('signert', 'underkjent', 'registrert')
		`.execute(trx);
	}
}

/** Adds recommendations. */
export async function insertSyntetiskeAnbefalinger(trx: Db, rader: SyntetiskAnbefaling[]): Promise<void> {
	for (const del of deler(rader)) {
		await sql`
			insert into anbefaling (id, lis_id, kode, av, rolle, at)
			select id, lis_id, kode, av, rolle, at from jsonb_populate_recordset(null::anbefaling, ${del}::jsonb)
		`.execute(trx);
	}
}

/** Sends goals and lets their leder decide on them. What an approval lacks must have its reason, as always. */
export async function insertSyntetiskeMal(trx: Db, rader: SyntetiskMal[]): Promise<void> {
	for (const del of deler(rader)) {
		await sql`
			insert into maloppnaelse (id, lis_id, kode, katalog_id, status, fullfort_dato, sendt_at)
			select id, lis_id, kode, katalog_id, 'sendt', fullfort_dato, sendt_at from jsonb_populate_recordset(null::maloppnaelse, ${del}::jsonb)
		`.execute(trx);
		await sql`
			update maloppnaelse m set status = r.status, avgjort_at = r.avgjort_at, avgjort_av = r.avgjort_av, avgjort_rolle = 'leder', grunn = r.grunn,
				uten = r.uten, bekreftet_at = r.bekreftet_at, bekreftet_av = r.bekreftet_av
			from jsonb_populate_recordset(null::maloppnaelse, ${del}::jsonb) r
			where m.id = r.id and r.status <> 'sendt'
		`.execute(trx);
	}
}

const VEI: PlanStatus[] = ['tildelt', 'paabegynt', 'fullfort', 'delt'];

/** Takes the plans of these LIS to a state, step by step; `at` is the instant of the last one. */
export async function updateSyntetiskePlaner(trx: Db, rader: SyntetiskPlan[]): Promise<void> {
	for (const steg of VEI.slice(1)) {
		const denne = rader.filter(({ status }) => VEI.indexOf(status) >= VEI.indexOf(steg));
		for (const del of deler(denne)) {
			await sql`
				update plan_tildeling p set status = ${steg}, ${sql.ref(`${steg}_at`)} = r.at,
					behandlet_at = ${steg === 'delt' ? sql`r.behandlet_at` : sql`p.behandlet_at`}
				from jsonb_to_recordset(${del}::jsonb) as r(lis_id uuid, at timestamptz, behandlet_at timestamptz)
				where p.lis_id = r.lis_id and p.status = ${VEI[VEI.indexOf(steg) - 1]}
			`.execute(trx);
		}
	}
}

/** Adds days away; both days included. */
export async function insertSyntetiskFravaer(
	trx: Db,
	rader: {
		id: string;
		lis_id: string;
		slag: 'permisjon' | 'sykdom' | 'annet';
		fra: string;
		til: string;
		prosent: number;
		opprettet_av: string;
		created_at: Date;
	}[]
): Promise<void> {
	if (rader.length > 0) await trx.insertInto('fravaer').values(rader).execute();
}

/** As JSON, in parts that PostgreSQL takes at ease. */
function deler(rader: readonly unknown[], antall = 2000): string[] {
	return Array.from({ length: Math.ceil(rader.length / antall) }, (_, i) =>
		JSON.stringify(rader.slice(i * antall, (i + 1) * antall))
	);
}
