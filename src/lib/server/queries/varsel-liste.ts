import { erId } from '#lib/domain/id.ts';
import type { Kortgruppe } from '#lib/domain/varsel/grupper.ts';
import type { Varselnavn } from '#lib/domain/varsel/tekst.ts';
import { sql, type Db } from '../db/pool.ts';

/** One notification as its receiver sees it. */
export type VarselRad = {
	id: string;
	type: string;
	som: string;
	kort: Kortgruppe;
	data: Varselnavn;
	at: Date;
	lestAt: Date | null;
};

/** The latest of one person in a group of cards, those shown in the portal; `som` narrows to who they are to the record. */
export function listVarsler(
	db: Db,
	{ brukerId, kort, som, antall }: { brukerId: string; kort: Kortgruppe; som: string[] | null; antall: number }
): Promise<VarselRad[]> {
	return db
		.selectFrom('varsel')
		.select([
			...(['id', 'type', 'som', 'created_at as at', 'lest_at as lestAt'] as const),
			...[sql<Kortgruppe>`kort`.as('kort'), sql<Varselnavn>`data`.as('data')]
		])
		.where('mottaker_id', '=', brukerId)
		.where('vis', '=', true)
		.where('kort', '=', kort)
		.$if(som !== null, (q) => q.where('som', 'in', som ?? []))
		.orderBy('hendelse_id', 'desc')
		.limit(antall)
		.execute();
}

/** What changes whenever somebody's notifications do: the latest, and how many are unread. */
export async function findVarselstand(db: Db, brukerId: string): Promise<{ siste: number; uleste: number }> {
	const { rows } = await sql<{ siste: number; uleste: number }>`
		select
			coalesce((select max(hendelse_id) from varsel where mottaker_id = ${brukerId} and vis), 0) as siste,
			(select count(*) from varsel where mottaker_id = ${brukerId} and vis and lest_at is null)::integer as uleste
	`.execute(db);
	return rows[0] ?? { siste: 0, uleste: 0 };
}

/** Marks one of somebody's own as read, and says where it leads; undefined when it is not theirs, or not there. */
export async function lesVarsel(
	db: Db,
	{ id, brukerId, now }: { id: string; brukerId: string; now: Date }
): Promise<{ sti: string; nylig: boolean } | undefined> {
	if (!erId(id)) return undefined;
	const eget = await db
		.selectFrom('varsel')
		.select('sti')
		.where('id', '=', id)
		.where('mottaker_id', '=', brukerId)
		.executeTakeFirst();
	if (!eget) return undefined;
	const lest = await db
		.updateTable('varsel')
		.set({ lest_at: now })
		.where('id', '=', id)
		.where('lest_at', 'is', null)
		.executeTakeFirst();
	return { sti: eget.sti, nylig: lest.numUpdatedRows > 0n };
}

/** Marks all in a group of cards as read that were there when the page was made. */
export async function lesAlleVarsler(
	trx: Db,
	{ brukerId, kort, til, now }: { brukerId: string; kort: Kortgruppe; til: Date; now: Date }
): Promise<void> {
	await trx
		.updateTable('varsel')
		.set({ lest_at: now })
		.where('mottaker_id', '=', brukerId)
		.where('kort', '=', kort)
		.where('lest_at', 'is', null)
		.where('created_at', '<=', til)
		.execute();
}
