import type { Sprak } from '#lib/domain/actor.ts';
import type { ArbeidsstedSlag } from '#lib/domain/arbeidssted.ts';
import { erId } from '#lib/domain/id.ts';
import type { Sted } from '#lib/domain/registrering/skjema.ts';
import { sql, type Db } from '../db/pool.ts';
import { findGjeldendeKatalogId } from './katalog.ts';
import { insertPlaner } from './plan.ts';

/** Somebody to write to. */
export type MottakerRad = { id: string; navn: string; epost: string; sprak: Sprak };

/** Whom mail about this person goes to. */
export function findMottaker(db: Db, id: string): Promise<MottakerRad | undefined> {
	return db
		.selectFrom('bruker')
		.select(['id', 'navn', 'epost', sql<Sprak>`sprak`.as('sprak')])
		.where('id', '=', id)
		.executeTakeFirst();
}

/** Who has this electronic ID; undefined when nobody is registered with it. */
export async function findBrukerMedPid(
	db: Db,
	pidHash: Buffer
): Promise<{ id: string; navn: string; status: string } | undefined> {
	return db
		.selectFrom('eid_identitet as e')
		.innerJoin('bruker as b', 'b.id', 'e.bruker_id')
		.select(['b.id', 'b.navn', 'b.status'])
		.where('e.pid_hash', '=', pidHash)
		.executeTakeFirst();
}

export async function erBrukernavnTatt(db: Db, brukernavn: string): Promise<boolean> {
	const rad = await db.selectFrom('bruker').select('id').where('brukernavn', '=', brukernavn).executeTakeFirst();
	return rad !== undefined;
}

export type NyBruker = {
	id: string;
	brukernavn: string;
	navn: string;
	epost: string;
	sprak: Sprak;
	farge: number;
	mobil: string | null;
	hprNummer: string | null;
	stilling: string | null;
	arbeidsstedId: string | null;
	passordHash: string | null;
	now: Date;
};

/** Adds a person who can log in; the password apart. */
export async function insertBruker(trx: Db, ny: NyBruker): Promise<void> {
	await trx
		.insertInto('bruker')
		.values({
			id: ny.id,
			brukernavn: ny.brukernavn,
			navn: ny.navn,
			epost: ny.epost,
			sprak: ny.sprak,
			farge: ny.farge,
			mobil: ny.mobil,
			hpr_nummer: ny.hprNummer,
			stilling: ny.stilling,
			arbeidssted_id: ny.arbeidsstedId,
			status: 'aktiv',
			created_at: ny.now,
			sist_innlogget_at: ny.now
		})
		.execute();
	if (ny.passordHash !== null)
		await trx.insertInto('passord').values({ bruker_id: ny.id, hash: ny.passordHash, satt_at: ny.now }).execute();
}

/** Makes a person a LIS with the plan that every LIS is given (S20). */
export async function insertLisMedPlan(
	trx: Db,
	lis: { brukerId: string; arbeidsstedId: string | null; startDato: string; planId: string; plan: string; now: Date }
): Promise<void> {
	await trx
		.insertInto('lis')
		.values({
			bruker_id: lis.brukerId,
			arbeidssted_id: lis.arbeidsstedId,
			start_dato: lis.startDato,
			created_at: lis.now
		})
		.execute();
	const katalogId = await findGjeldendeKatalogId(trx, lis.plan, lis.startDato);
	if (katalogId === undefined) throw new Error(`no version of the plan ${lis.plan} is published`);
	const plan = { id: lis.planId, lisId: lis.brukerId, plan: lis.plan, katalogId, tildeltAv: null, now: lis.now };
	await insertPlaner(trx, [plan]);
}

export type StedValg = {
	kommuner: { nummer: string; navn: string }[];
	steder: { id: string; navn: string; kommune: string }[];
};

/** What a person can choose their workplace from. */
export async function listSteder(db: Db): Promise<StedValg> {
	const kommuner = await db.selectFrom('kommune').select(['nummer', 'navn']).orderBy('navn').execute();
	const steder = await db
		.selectFrom('arbeidssted as a')
		.innerJoin('kommune as k', 'k.nummer', 'a.kommune_nummer')
		.select(['a.id', 'a.navn', 'k.navn as kommune'])
		.orderBy('k.navn')
		.orderBy('a.navn')
		.execute();
	return { kommuner, steder };
}

/** The id of a workplace: the chosen one, or a new one with `nyId`; undefined when there is no such place or kommune. */
export async function settSted(trx: Db, sted: NonNullable<Sted>, nyId: string): Promise<string | undefined> {
	if ('id' in sted) {
		if (!erId(sted.id)) return undefined;
		return (await trx.selectFrom('arbeidssted').select('id').where('id', '=', sted.id).executeTakeFirst())?.id;
	}
	const kommune = await trx
		.selectFrom('kommune')
		.select('nummer')
		.where('nummer', '=', sted.kommune)
		.executeTakeFirst();
	if (!kommune) return undefined;
	return (await findSted(trx, sted)) ?? insertSted(trx, sted, nyId);
}

type NyttSted = { kommune: string; navn: string; slag: ArbeidsstedSlag };

async function findSted(trx: Db, sted: NyttSted): Promise<string | undefined> {
	const rad = await trx
		.selectFrom('arbeidssted')
		.select('id')
		.where('kommune_nummer', '=', sted.kommune)
		.where(sql`lower(navn)`, '=', sted.navn.toLowerCase())
		.executeTakeFirst();
	return rad?.id;
}

async function insertSted(trx: Db, sted: NyttSted, id: string): Promise<string> {
	await trx
		.insertInto('arbeidssted')
		.values({ id, kommune_nummer: sted.kommune, navn: sted.navn, slag: sted.slag })
		.execute();
	return id;
}
