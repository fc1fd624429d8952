import { randomUUID } from 'node:crypto';
import { erId } from '#lib/domain/id.ts';
import type { Hode, UtkastKrav, UtkastMal } from '#lib/domain/laering/katalog-skjema.ts';
import { sql, type Db } from '../db/pool.ts';
import { navnAv } from './bruker.ts';

/** What Helsedirektoratet does with drafts. A published version is frozen by its triggers. */

export type UtkastRad = { id: string; plan: string; versjon: number; status: 'utkast' | 'publisert' };

/** One version, locked until the transaction ends; undefined for a malformed id too. */
export async function lockKatalog(trx: Db, id: string): Promise<UtkastRad | undefined> {
	if (!erId(id)) return undefined;
	return trx
		.selectFrom('katalog')
		.select(['id', 'plan', 'versjon', sql<UtkastRad['status']>`status`.as('status')])
		.where('id', '=', id)
		.forUpdate()
		.executeTakeFirst();
}

/** A draft of the next version, with all that stands in the one before; what was said to be stricter is no longer news. False when there is one already. */
export async function insertUtkastFra(
	trx: Db,
	ny: { id: string; fra: string; av: string; now: Date }
): Promise<boolean> {
	const laget = await sql`
		insert into katalog (id, plan, versjon, navn_nb, navn_nn, merknad_nb, merknad_nn, gyldig_fra, ufullstendig, status, opprettet_at, opprettet_av)
		select ${ny.id}, plan, versjon + 1, navn_nb, navn_nn, merknad_nb, merknad_nn, gyldig_fra, ufullstendig, 'utkast', ${ny.now}, ${ny.av}
		from katalog where id = ${ny.fra}
		on conflict do nothing
	`.execute(trx);
	if (laget.numAffectedRows !== 1n) return false;
	await sql`
		insert into katalog_mal (katalog_id, kode, rekkefolge, tema_nb, tema_nn, tittel_nb, tittel_nn, nivaer, arenaer)
		select ${ny.id}, kode, rekkefolge, tema_nb, tema_nn, tittel_nb, tittel_nn, nivaer, arenaer from katalog_mal where katalog_id = ${ny.fra}
	`.execute(trx);
	await sql`
		insert into katalog_krav (katalog_id, krav_id, kode, rekkefolge, tittel_nb, tittel_nn, slag, eget_forslag)
		select ${ny.id}, krav_id, kode, rekkefolge, tittel_nb, tittel_nn, slag, eget_forslag from katalog_krav where katalog_id = ${ny.fra}
	`.execute(trx);
	return true;
}

/** The first draft of a plan that is new; false when there is a plan by that name. */
export async function insertNyPlan(
	trx: Db,
	ny: { id: string; plan: string; navn_nb: string; navn_nn: string; dag: string; av: string; now: Date }
): Promise<boolean> {
	const { id, plan, navn_nb, navn_nn } = ny;
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('katalog')
		.values({
			...{ id, plan, navn_nb, navn_nn, versjon: 1, status: 'utkast', gyldig_fra: ny.dag },
			...{ opprettet_at: ny.now, opprettet_av: ny.av }
		})
		.onConflict((oc) => oc.doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

export async function updateHode(trx: Db, id: string, hode: Hode): Promise<void> {
	await trx.updateTable('katalog').set(hode).where('id', '=', id).execute();
}

/** Adds a goal at the end, or changes the one that has this code; its krav are these and no others. */
export async function upsertMal(trx: Db, katalogId: string, { krav, ...mal }: UtkastMal): Promise<void> {
	await trx
		.insertInto('laeringsmal')
		.values({ kode: mal.kode })
		.onConflict((oc) => oc.doNothing())
		.execute();
	await trx
		.insertInto('katalog_mal')
		.values({
			...{ ...mal, katalog_id: katalogId },
			rekkefolge: sql<number>`(select coalesce(max(rekkefolge), 0) + 1 from katalog_mal where katalog_id = ${katalogId})`
		})
		.onConflict((oc) => oc.columns(['katalog_id', 'kode']).doUpdateSet({ ...mal }))
		.execute();
	await settKrav(trx, katalogId, mal.kode, krav);
}

async function settKrav(trx: Db, katalogId: string, kode: string, krav: UtkastKrav[]): Promise<void> {
	// Whose proposal a krav is stays with its words: a changed one is Helsedirektoratet's own.
	const gamle = await trx
		.deleteFrom('katalog_krav')
		.where('katalog_id', '=', katalogId)
		.where('kode', '=', kode)
		.returning(['krav_id', 'tittel_nb', 'tittel_nn', 'slag', 'eget_forslag'])
		.execute();
	const kjente = await trx.selectFrom('krav').select('id').where('kode', '=', kode).execute();
	const brukt = new Set<string>();
	const rader = krav.map((rad, i) => {
		// An id that is not one of this goal's, or comes twice, is a new krav.
		const gammel = kjente.some(({ id }) => id === rad.id) && rad.id !== null && !brukt.has(rad.id) ? rad.id : null;
		const id = gammel ?? randomUUID();
		brukt.add(id);
		const foer = gamle.find(({ krav_id }) => krav_id === id);
		const likt = foer && foer.tittel_nb === rad.nb && foer.tittel_nn === rad.nn && foer.slag === rad.slag;
		return {
			...{ katalog_id: katalogId, krav_id: id, kode, rekkefolge: i + 1, slag: rad.slag },
			...{ tittel_nb: rad.nb, tittel_nn: rad.nn, eget_forslag: likt ? foer.eget_forslag : false, ny: gammel === null }
		};
	});
	const nye = rader.filter(({ ny }) => ny).map(({ krav_id: id }) => ({ id, kode }));
	if (nye.length > 0) await trx.insertInto('krav').values(nye).execute();
	if (rader.length > 0)
		await trx
			.insertInto('katalog_krav')
			.values(rader.map(({ ny: _, ...rad }) => rad))
			.execute();
}

/** Takes a goal out; whether it was there. */
export async function deleteMal(trx: Db, katalogId: string, kode: string): Promise<boolean> {
	const { numDeletedRows } = await trx
		.deleteFrom('katalog_mal')
		.where('katalog_id', '=', katalogId)
		.where('kode', '=', kode)
		.executeTakeFirstOrThrow();
	return numDeletedRows === 1n;
}

/** Puts the goals into this order. */
export async function updateRekkefolge(trx: Db, katalogId: string, koder: string[]): Promise<void> {
	await sql`
		update katalog_mal m set rekkefolge = r.nr from unnest(${koder}::text[]) with ordinality as r(kode, nr)
		where m.katalog_id = ${katalogId} and m.kode = r.kode
	`.execute(trx);
}

/** Takes a draft away with all that stands in it. */
export async function deleteUtkast(trx: Db, id: string): Promise<void> {
	await trx.deleteFrom('katalog_mal').where('katalog_id', '=', id).execute();
	await trx.deleteFrom('katalog').where('id', '=', id).execute();
}

/** Publishes a draft; the published version before it can be finished until `overgangTil`. */
export async function updatePublisert(
	trx: Db,
	{ id, plan, versjon }: UtkastRad,
	{ gyldigFra, overgangTil, av, now }: { gyldigFra: string; overgangTil: string | null; av: string; now: Date }
): Promise<void> {
	await trx
		.updateTable('katalog')
		.set({ status: 'publisert', gyldig_fra: gyldigFra, publisert_at: now, publisert_av: av })
		.where('id', '=', id)
		.execute();
	await trx
		.updateTable('katalog')
		.set({ overgang_til: overgangTil })
		.where('plan', '=', plan)
		.where('versjon', '=', versjon - 1)
		.where('status', '=', 'publisert')
		.execute();
}

export type PaVersjon = {
	katalogId: string;
	planId: string;
	lisId: string;
	navn: string;
	status: string;
	tildeltAt: Date;
};

/** As many of each version as somebody moves in one sitting. */
const PA_VERSJON = 100;

/** The plans, not archived, that are pinned to each of these versions: those assigned first, by the names of their LIS. */
export async function listPaVersjoner(db: Db, katalogIder: string[]): Promise<PaVersjon[]> {
	if (katalogIder.length === 0) return [];
	const { rows } = await sql<PaVersjon>`
		select v.id as "katalogId", p.id as "planId", p.lis_id as "lisId", ${navnAv<string>('p.lis_id')} as navn, p.status, p.tildelt_at as "tildeltAt"
		from unnest(${katalogIder}::uuid[]) as v(id)
		cross join lateral (
			select * from plan_tildeling p where p.katalog_id = v.id and p.status <> 'arkivert'
			order by p.tildelt_at, p.id limit ${PA_VERSJON}
		) p
		order by navn, p.id
	`.execute(db);
	return rows;
}

/** How many plans, not archived, are pinned to each version. */
export async function countPaVersjoner(db: Db): Promise<Map<string, number>> {
	const { rows } = await sql<{ id: string; antall: number }>`
		select k.id, (select count(*)::integer from plan_tildeling p where p.katalog_id = k.id and p.status <> 'arkivert') as antall
		from katalog k
	`.execute(db);
	return new Map(rows.map(({ id, antall }) => [id, antall]));
}
