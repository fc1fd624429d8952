import type { Db } from '../db/pool.ts';

/** What drift sees of people: never anything of a record (product.md, «Who may do what»). */

const ANTALL = 50;

/** Users whose name, user name or e-mail holds the text, by name; at most fifty. */
export function sokBrukere(db: Db, tekst: string) {
	const monster = `%${tekst.replace(/[\\%_]/g, '\\$&')}%`;
	return db
		.selectFrom('bruker as b')
		.select(['b.id', 'b.navn', 'b.brukernavn', 'b.epost', 'b.status'])
		.where((eb) =>
			eb.or([eb('b.navn', 'ilike', monster), eb('b.brukernavn', 'ilike', monster), eb('b.epost', 'ilike', monster)])
		)
		.orderBy('b.navn')
		.orderBy('b.id')
		.limit(ANTALL)
		.execute();
}

/** One user, as drift may see them. */
export function findBrukerForDrift(db: Db, id: string) {
	return db
		.selectFrom('bruker as b')
		.leftJoin('arbeidssted as a', 'a.id', 'b.arbeidssted_id')
		.select(['b.id', 'b.navn', 'b.brukernavn', 'b.epost', 'b.status', 'b.created_at', 'b.sist_innlogget_at'])
		.select(['b.varslet_at', 'b.deaktivert_at', 'a.navn as arbeidssted'])
		.where('b.id', '=', id)
		.executeTakeFirst();
}

/** Relations of a person, to either side, the latest first. */
export function listRelasjonerForDrift(db: Db, brukerId: string) {
	return db
		.selectFrom('relasjon as r')
		.innerJoin('bruker as l', 'l.id', 'r.lis_id')
		.innerJoin('bruker as p', 'p.id', 'r.person_id')
		.select(['r.id', 'r.rolle', 'r.fra', 'r.til', 'r.lis_id as lisId', 'l.navn as lisNavn', 'p.navn as personNavn'])
		.where((eb) => eb.or([eb('r.lis_id', '=', brukerId), eb('r.person_id', '=', brukerId)]))
		.orderBy('r.fra', 'desc')
		.execute();
}

/** Mail to a person: which, when, and how it went. No content. */
export function listEpostForDrift(db: Db, brukerId: string) {
	return db
		.selectFrom('epost')
		.select([
			'id',
			'mal',
			'til_epost as tilEpost',
			'status',
			'forsok',
			'created_at as laget',
			'sendt_at as sendt',
			'feil'
		])
		.where('mottaker_id', '=', brukerId)
		.orderBy('created_at', 'desc')
		.limit(ANTALL)
		.execute();
}

/** Mail that could not be delivered and that nobody has marked as seen, to whomever, the latest first. */
export function listFeiletEpost(db: Db) {
	return db
		.selectFrom('epost')
		.select(['id', 'mal', 'til_navn as tilNavn', 'til_epost as tilEpost', 'created_at as laget', 'feil'])
		.where('status', '=', 'feilet')
		.where('sett_at', 'is', null)
		.orderBy('created_at', 'desc')
		.limit(ANTALL)
		.execute();
}

/** Marks a failed mail as seen; false when there is none that is not. */
export async function markEpostSett(trx: Db, id: string, now: Date): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('epost')
		.set({ sett_at: now })
		.where('id', '=', id)
		.where('status', '=', 'feilet')
		.where('sett_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Corrects where a person's mail goes. */
export async function updateEpost(trx: Db, brukerId: string, epost: string): Promise<void> {
	await trx.updateTable('bruker').set({ epost }).where('id', '=', brukerId).execute();
}

/** Every kommune with its places of work. */
export async function listSteder(db: Db) {
	return db
		.selectFrom('kommune as k')
		.leftJoin('arbeidssted as a', 'a.kommune_nummer', 'k.nummer')
		.select(['k.nummer', 'k.navn as kommune', 'a.id', 'a.navn', 'a.slag'])
		.orderBy('k.navn')
		.orderBy('a.navn')
		.execute();
}

/** Adds a kommune; false when the number is there already. */
export async function insertKommune(trx: Db, kommune: { nummer: string; navn: string }): Promise<boolean> {
	const rad = await trx
		.insertInto('kommune')
		.values(kommune)
		.onConflict((c) => c.column('nummer').doNothing())
		.returning('nummer')
		.executeTakeFirst();
	return rad !== undefined;
}

/** Whether there is a kommune with this number. */
export async function finnesKommune(db: Db, nummer: string): Promise<boolean> {
	return (
		(await db.selectFrom('kommune').select('nummer').where('nummer', '=', nummer).executeTakeFirst()) !== undefined
	);
}

/** Adds a place of work. */
export async function insertArbeidssted(
	trx: Db,
	sted: { id: string; kommuneNummer: string; navn: string; slag: string }
): Promise<void> {
	await trx
		.insertInto('arbeidssted')
		.values({ id: sted.id, kommune_nummer: sted.kommuneNummer, navn: sted.navn, slag: sted.slag })
		.execute();
}
