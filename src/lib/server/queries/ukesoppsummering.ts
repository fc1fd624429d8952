import type { Sprak } from '#lib/domain/actor.ts';
import { STANDARDVALG, VARSELGRUPPER } from '#lib/domain/varsel/grupper.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import type { Runde } from '#lib/domain/varsel/uke.ts';
import { sql, type Db } from '../db/pool.ts';

/** Somebody whose summary is due, with the round that it is of. */
export type Mottaker = { id: string; navn: string; epost: string; sprak: Sprak; uke: string; for: Date };

/** The groups in which the summary is wanted unless one has chosen otherwise. */
const ONSKET = VARSELGRUPPER.filter((gruppe) => STANDARDVALG[gruppe].ukentlig);

/** What a summary can hold: unread, in none yet, and still wanted in one. `v` is the notification. */
const ventende = sql`
	v.ukentlig and v.lest_at is null and v.oppsummering_id is null
	and coalesce(
		(select k.ukentlig from varselvalg k where k.bruker_id = v.mottaker_id and k.gruppe = v.gruppe),
		v.gruppe = any(${ONSKET}::text[]))
`;

/**
 * People whose round has come and who have something in it, held until the transaction ends; those whom another worker holds are passed over. Whoever
 * has had their summary of that week is not among them.
 */
export async function lockMottakere(
	trx: Db,
	{ runder, antall }: { runder: Runde[]; antall: number }
): Promise<Mottaker[]> {
	const { rows } = await sql<Mottaker>`
		with runde as (
			select * from unnest(
				${runder.map((r) => r.dag)}::integer[], ${runder.map((r) => r.uke)}::text[], ${runder.map((r) => r.for)}::timestamptz[]
			) as r (dag, uke, "for")
		)
		select b.id, b.navn, b.epost, b.sprak, r.uke, r.for
		from bruker b
		join runde r on r.dag = b.oppsummering_dag
		where b.status = 'aktiv' and not b.ingen_epost
			and exists (select from varsel v where v.mottaker_id = b.id and v.created_at < r.for and ${ventende})
			and not exists (select from ukesoppsummering u where u.bruker_id = b.id and u.uke = r.uke)
		limit ${antall}
		for no key update of b skip locked
	`.execute(trx);
	return rows;
}

/** Writes that these people get their summary of the week; those who have it already are left out. Returns whose was written. */
export async function insertOppsummeringer(
	trx: Db,
	nye: { id: string; brukerId: string; uke: string }[],
	now: Date
): Promise<Set<string>> {
	if (nye.length === 0) return new Set();
	const rader = await trx
		.insertInto('ukesoppsummering')
		.values(nye.map(({ id, brukerId, uke }) => ({ id, bruker_id: brukerId, uke, at: now })))
		.onConflict((c) => c.columns(['bruker_id', 'uke']).doNothing())
		.returning('bruker_id')
		.execute();
	return new Set(rader.map(({ bruker_id }) => bruker_id));
}

/** What one summary tells of. */
export type Linje = { mottakerId: string; lisId: string | null; som: string; type: string; data: Varselnavn };

/** Puts what waits for each of these people into their summary, in the order in which it happened. */
export async function taMed(trx: Db, oppsummeringer: { id: string; brukerId: string; for: Date }[]): Promise<Linje[]> {
	if (oppsummeringer.length === 0) return [];
	const { rows } = await sql<Linje & { nr: number }>`
		with o as (
			select * from unnest(
				${oppsummeringer.map((o) => o.id)}::uuid[], ${oppsummeringer.map((o) => o.brukerId)}::uuid[],
				${oppsummeringer.map((o) => o.for)}::timestamptz[]
			) as o (id, bruker_id, "for")
		)
		update varsel v set oppsummering_id = o.id
		from o
		where v.mottaker_id = o.bruker_id and v.created_at < o.for and ${ventende}
		returning v.mottaker_id as "mottakerId", v.lis_id as "lisId", v.som, v.type, v.data, v.hendelse_id as nr
	`.execute(trx);
	return rows.toSorted((a, b) => a.nr - b.nr);
}
