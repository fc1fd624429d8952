import type { Gyldighet } from '#lib/domain/actor.ts';
import { erId } from '#lib/domain/id.ts';
import type { Samtale, SamtaleStatus, Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import type { MerknadTilgang } from '../authz/actions.ts';
import type { samtalerSomKanLeses } from '../authz/scope/samtale.ts';
import { sql, type Db } from '../db/pool.ts';

/** A samtale with those who take part, as views and policies need it. */
export type SamtaleRad = Samtale &
	Omit<MerknadTilgang, 'deltakere'> & {
		deltakere: (Gyldighet & { personId: string; rolle: 'lis' | 'veileder'; navn: string; farge: number })[];
	};

/** A list of samtaler, as cards show them. */
export type SamtaleKortRad = Tidspunkt & { id: string; lisId: string; status: SamtaleStatus };

const klokke = (felt: 'fra' | 'til') => sql<string | null>`to_char(samtale.${sql.raw(felt)}, 'HH24:MI')`.as(felt);
const kortFelter = [
	'samtale.id',
	'samtale.lis_id as lisId',
	sql<SamtaleStatus>`samtale.status`.as('status'),
	'samtale.dato',
	klokke('fra'),
	klokke('til'),
	'samtale.sted'
] as const;

/** One samtale, or undefined, for a malformed id too. With `forUpdate` its row is locked until the transaction ends. */
export async function findSamtale(
	db: Db,
	id: string,
	options: { forUpdate?: boolean } = {}
): Promise<SamtaleRad | undefined> {
	if (!erId(id)) return undefined;
	let query = db
		.selectFrom('samtale')
		.select([
			...kortFelter,
			'samtale.versjon',
			'samtale.avlyst_grunn as avlystGrunn',
			'samtale.ferdigstilt_at as ferdigstiltAt'
		])
		.where('samtale.id', '=', id);
	if (options.forUpdate) query = query.forUpdate();
	const samtale = await query.executeTakeFirst();
	if (!samtale) return undefined;
	const deltakere = await db
		.selectFrom('samtale_deltaker as d')
		.innerJoin('bruker as b', 'b.id', 'd.person_id')
		.select([
			'd.person_id as personId',
			sql<'lis' | 'veileder'>`d.rolle`.as('rolle'),
			'd.fra',
			'd.til',
			'b.navn',
			'b.farge'
		])
		.where('d.samtale_id', '=', id)
		.orderBy('d.rolle')
		.orderBy('d.fra')
		.execute();
	return { ...samtale, deltakere };
}

/** All samtaler of one LIS. Those that the asker may not open are still listed (date and status); the caller decides. */
export function listSamtalerForLis(db: Db, lisId: string): Promise<SamtaleKortRad[]> {
	return db.selectFrom('samtale').select(kortFelter).where('samtale.lis_id', '=', lisId).execute();
}

/** The cards of the given scope (authz/scope/samtale.ts). */
export function listSamtaler(scope: ReturnType<typeof samtalerSomKanLeses>): Promise<SamtaleKortRad[]> {
	return scope.select(kortFelter).execute();
}

/** For each of these LIS the next samtale that is not finished: the earliest from `idag` on, else the latest before it, else an undated one. */
export function listNesteSamtaler(db: Db, lisIds: string[], idag: string): Promise<SamtaleKortRad[]> {
	if (lisIds.length === 0) return Promise.resolve([]);
	return db
		.selectFrom('samtale')
		.distinctOn('samtale.lis_id')
		.select(kortFelter)
		.where('samtale.lis_id', 'in', lisIds)
		.where('samtale.status', 'in', ['planlagt', 'aktiv'])
		.orderBy('samtale.lis_id')
		.orderBy(sql`case when samtale.dato >= ${idag} then 0 when samtale.dato is not null then 1 else 2 end`)
		.orderBy(
			sql`case when samtale.dato >= ${idag} then samtale.dato - ${idag}::date else ${idag}::date - samtale.dato end`
		)
		.orderBy('samtale.fra')
		.execute();
}

/** For each of these LIS the day of the latest samtale that is finished; null when it has none. */
export function listSisteSamtaler(db: Db, lisIds: string[]): Promise<{ lisId: string; dato: string | null }[]> {
	if (lisIds.length === 0) return Promise.resolve([]);
	return db
		.selectFrom('samtale')
		.select(['lis_id as lisId', sql<string | null>`max(dato)`.as('dato')])
		.where('lis_id', 'in', lisIds)
		.where('status', '=', 'ferdigstilt')
		.groupBy('lis_id')
		.execute();
}

export type NySamtale = Tidspunkt & {
	id: string;
	lisId: string;
	opprettetAv: string;
	now: Date;
	deltakere: { personId: string; rolle: 'lis' | 'veileder' }[];
};

/** Adds samtaler with those who take part; their documents are there already. */
export async function insertSamtaler(trx: Db, samtaler: NySamtale[]): Promise<void> {
	await trx
		.insertInto('samtale')
		.values(
			samtaler.map((samtale) => ({
				id: samtale.id,
				lis_id: samtale.lisId,
				status: 'planlagt',
				dato: samtale.dato,
				fra: samtale.fra,
				til: samtale.til,
				sted: samtale.sted,
				opprettet_av: samtale.opprettetAv,
				created_at: samtale.now
			}))
		)
		.execute();
	await trx
		.insertInto('samtale_deltaker')
		.values(
			samtaler.flatMap(({ id, now, deltakere }) =>
				deltakere.map((d) => ({ samtale_id: id, person_id: d.personId, rolle: d.rolle, fra: now }))
			)
		)
		.execute();
}

export async function updateTidspunkt(trx: Db, id: string, tid: Tidspunkt): Promise<void> {
	await trx
		.updateTable('samtale')
		.set({ dato: tid.dato, fra: tid.fra, til: tid.til, sted: tid.sted })
		.where('id', '=', id)
		.execute();
}

export async function updateFerdigstilt(trx: Db, id: string, av: string, now: Date): Promise<void> {
	await trx
		.updateTable('samtale')
		.set({ status: 'ferdigstilt', ferdigstilt_at: now, ferdigstilt_av: av })
		.where('id', '=', id)
		.execute();
}

/** Whoever takes part when a samtale is finished can read it for ever (S9), a deputy too. */
export async function beholdDeltakere(trx: Db, id: string, now: Date): Promise<void> {
	await trx
		.updateTable('samtale_deltaker')
		.set({ til: null })
		.where('samtale_id', '=', id)
		.where('fra', '<=', now)
		.where('til', '>', now)
		.execute();
}

export async function updateAvlyst(trx: Db, id: string, grunn: string): Promise<void> {
	await trx.updateTable('samtale').set({ status: 'avlyst', avlyst_grunn: grunn }).where('id', '=', id).execute();
}
