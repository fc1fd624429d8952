import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { GodkjentMal, SignertAktivitet, SignertTekst } from '#lib/domain/laering/signert.ts';
import { sql, type Db } from '../db/pool.ts';

type TekstRad = { tittel_nb: string; tittel_nn: string; plan: string; versjon: number };

const tekst = ({ tittel_nb, tittel_nn, plan, versjon }: TekstRad): SignertTekst => ({
	tittel: { nb: tittel_nb, nn: tittel_nn },
	plan,
	versjon
});

/**
 * The text of a krav as this LIS is shown it: in the version that its goal is judged by, else in that of a plan of theirs, else in the newest one
 * that has it (what was sent before the LIS moved to another version can still be signed).
 */
export async function findKravtekst(
	db: Db,
	lisId: string,
	kravId: string
): Promise<(SignertTekst & { id: string }) | null> {
	const { rows } = await sql<TekstRad>`
		select k.tittel_nb, k.tittel_nn, c.plan, c.versjon
		from katalog_krav k
		join katalog c on c.id = k.katalog_id and c.status = 'publisert'
		left join maloppnaelse g on g.lis_id = ${lisId} and g.kode = k.kode and g.katalog_id = k.katalog_id
		left join plan_tildeling p on p.lis_id = ${lisId} and p.katalog_id = k.katalog_id and p.status <> 'arkivert'
		where k.krav_id = ${kravId}
		order by g.id is null, p.id is null, c.versjon desc
		limit 1
	`.execute(db);
	return rows[0] ? { id: kravId, ...tekst(rows[0]) } : null;
}

/** The texts of goals as this LIS is shown them, in the order of their codes; as `findKravtekst`. */
export async function listMaltekster(
	db: Db,
	lisId: string,
	koder: string[]
): Promise<(SignertTekst & { kode: string })[]> {
	const { rows } = await sql<TekstRad & { kode: string }>`
		select distinct on (m.kode) m.kode, m.tittel_nb, m.tittel_nn, c.plan, c.versjon
		from katalog_mal m
		join katalog c on c.id = m.katalog_id and c.status = 'publisert'
		left join maloppnaelse g on g.lis_id = ${lisId} and g.kode = m.kode and g.katalog_id = m.katalog_id
		left join plan_tildeling p on p.lis_id = ${lisId} and p.katalog_id = m.katalog_id and p.status <> 'arkivert'
		where m.kode = any(${koder})
		order by m.kode, g.id is null, p.id is null, c.versjon desc
	`.execute(db);
	return rows.map((rad) => ({ kode: rad.kode, ...tekst(rad) }));
}

/** The catalogue's texts for several aktiviteter, each as `findKravtekst` and `listMaltekster` give them. */
export async function listTekster(
	db: Db,
	ids: string[]
): Promise<Map<string, { krav: Tospraklig | null; mal: { kode: string; tittel: Tospraklig }[] }>> {
	const { rows } = await sql<{ id: string; krav: Tospraklig | null; mal: { kode: string; tittel: Tospraklig }[] }>`
		select a.id,
			(select jsonb_build_object('nb', k.tittel_nb, 'nn', k.tittel_nn)
				from katalog_krav k
				join katalog c on c.id = k.katalog_id and c.status = 'publisert'
				left join maloppnaelse g on g.lis_id = a.lis_id and g.kode = k.kode and g.katalog_id = k.katalog_id
				left join plan_tildeling p on p.lis_id = a.lis_id and p.katalog_id = k.katalog_id and p.status <> 'arkivert'
				where k.krav_id = a.krav_id
				order by g.id is null, p.id is null, c.versjon desc
				limit 1) as krav,
			(select coalesce(jsonb_agg(jsonb_build_object('kode', t.kode, 'tittel', t.tittel) order by t.kode), '[]')
				from (select distinct on (m.kode) m.kode, jsonb_build_object('nb', m.tittel_nb, 'nn', m.tittel_nn) as tittel
					from laeringsaktivitet_mal am
					join katalog_mal m on m.kode = am.kode
					join katalog c on c.id = m.katalog_id and c.status = 'publisert'
					left join maloppnaelse g on g.lis_id = a.lis_id and g.kode = m.kode and g.katalog_id = m.katalog_id
					left join plan_tildeling p on p.lis_id = a.lis_id and p.katalog_id = m.katalog_id and p.status <> 'arkivert'
					where am.aktivitet_id = a.id
					order by m.kode, g.id is null, p.id is null, c.versjon desc) t) as mal
		from laeringsaktivitet a
		where a.id = any(${ids})
	`.execute(db);
	return new Map(rows.map(({ id, krav, mal }) => [id, { krav, mal }]));
}

/** What the last signing of each aktivitet in the list was, by its event; not there when no event says so. */
export function listSignert(db: Db, ids: string[]): Promise<Map<string, SignertAktivitet>> {
	return sisteInnhold(db, ids, 'aktivitet.signert', 'signert');
}

/** What the last approval of each goal in the list was, as `listSignert`; ids are those of their rows. */
export function listGodkjent(db: Db, ids: string[]): Promise<Map<string, GodkjentMal>> {
	return sisteInnhold(db, ids, 'mal.godkjent', 'godkjent');
}

async function sisteInnhold<T>(
	db: Db,
	ids: string[],
	type: 'aktivitet.signert' | 'mal.godkjent',
	felt: 'signert' | 'godkjent'
): Promise<Map<string, T>> {
	// The last one counts, whether it says what it was of or not.
	const { rows } = await sql<{ id: string; innhold: T | null }>`
		select distinct on (objekt_id) objekt_id as id, data -> ${felt} as innhold
		from hendelse
		where objekt_id = any(${ids}) and type = ${type}
		order by objekt_id, id desc
	`.execute(db);
	return new Map(rows.flatMap(({ id, innhold }) => (innhold === null ? [] : [[id, innhold] as const])));
}

/** What follows when an aktivitet has been read: the next that waits for the same supervisør, and which goals of its LIS they recommend. */
export async function findVidere(
	db: Db,
	{ id, lisId, supervisorId }: { id: string; lisId: string; supervisorId: string }
): Promise<{ neste: string | null; anbefalt: string[] }> {
	const { rows } = await sql<{ neste: string | null; anbefalt: string[] }>`
		select
			(select a.id from laeringsaktivitet a
				where a.supervisor_id = ${supervisorId} and a.status = 'sendt' and a.id <> ${id}
				order by a.sendt_at, a.id limit 1) as neste,
			array(select a.kode from anbefaling a
				where a.lis_id = ${lisId} and a.av = ${supervisorId} and a.trukket_at is null) as anbefalt
	`.execute(db);
	return rows[0] ?? { neste: null, anbefalt: [] };
}
