import { randomUUID } from 'node:crypto';
import type { FastRolle, RelasjonRolle } from '#lib/domain/actor.ts';
import { KOMMUNAL_PLAN } from '#lib/domain/laering/katalog.ts';
import { sql, type Db } from '../db/pool.ts';
import { findGjeldendeKatalogId } from './katalog.ts';
import { insertPlaner } from './plan.ts';
import type { ArbeidsstedSlag } from '#lib/domain/arbeidssted.ts';

/** Makers of synthetic people and relations, shared by the demo world, the load world and the tests. They need the owner's rights. */

export type NyBruker = {
	id: string;
	brukernavn: string;
	navn: string;
	farge: number;
	passordHash?: string;
	sprak?: 'nb' | 'nn' | 'en';
	status?: 'aktiv' | 'deaktivert';
};

/** Adds people, with a password where a hash is given. */
export async function insertBrukere(db: Db, brukere: NyBruker[], now: Date): Promise<void> {
	await db
		.insertInto('bruker')
		.values(
			brukere.map((b) => ({
				id: b.id,
				brukernavn: b.brukernavn,
				navn: b.navn,
				epost: `${b.brukernavn}@example.test`,
				sprak: b.sprak ?? 'nb',
				farge: b.farge,
				status: b.status ?? 'aktiv',
				created_at: now
			}))
		)
		.execute();
	const medPassord = brukere.flatMap((b) =>
		b.passordHash ? [{ bruker_id: b.id, hash: b.passordHash, satt_at: now }] : []
	);
	if (medPassord.length > 0) await db.insertInto('passord').values(medPassord).execute();
}

/** Adds LIS with the plan that every LIS is given (S20). */
export async function insertLis(
	db: Db,
	lis: { brukerId: string; arbeidsstedId: string | null; startDato: string | null }[],
	now: Date
): Promise<void> {
	await db
		.insertInto('lis')
		.values(
			lis.map((l) => ({
				bruker_id: l.brukerId,
				arbeidssted_id: l.arbeidsstedId,
				start_dato: l.startDato,
				created_at: now
			}))
		)
		.execute();
	const planer = await Promise.all(
		lis.map(async ({ brukerId, startDato }) => {
			const katalogId = await findGjeldendeKatalogId(db, KOMMUNAL_PLAN, startDato);
			if (katalogId === undefined) throw new Error('no version of the municipal plan is published');
			return { id: randomUUID(), lisId: brukerId, plan: KOMMUNAL_PLAN, katalogId, tildeltAv: null, now };
		})
	);
	await insertPlaner(db, planer);
}

export async function insertRelasjoner(
	db: Db,
	relasjoner: { id: string; lisId: string; personId: string; rolle: RelasjonRolle; fra: Date; til?: Date }[]
): Promise<void> {
	await db
		.insertInto('relasjon')
		.values(
			relasjoner.map((r) => ({
				id: r.id,
				lis_id: r.lisId,
				person_id: r.personId,
				rolle: r.rolle,
				fra: r.fra,
				til: r.til ?? null
			}))
		)
		.execute();
}

export async function insertFasteRoller(
	db: Db,
	roller: { brukerId: string; rolle: FastRolle; fra: Date }[]
): Promise<void> {
	await db
		.insertInto('fast_rolle')
		.values(roller.map((r) => ({ bruker_id: r.brukerId, rolle: r.rolle, fra: r.fra })))
		.execute();
}

/** Adds kommuner and arbeidssteder; those that are there stay as they are. */
export async function insertSteder(
	db: Db,
	kommune: { nummer: string; navn: string },
	steder: { id: string; navn: string; slag: ArbeidsstedSlag }[]
): Promise<void> {
	await db
		.insertInto('kommune')
		.values(kommune)
		.onConflict((oc) => oc.doNothing())
		.execute();
	await db
		.insertInto('arbeidssted')
		.values(steder.map((sted) => ({ ...sted, kommune_nummer: kommune.nummer })))
		.onConflict((oc) => oc.doNothing())
		.execute();
}

/** What PostgreSQL does by itself some minutes after so much has been written; until then whoever measures would measure that. Not in a transaction. */
export async function rydd(db: Db): Promise<void> {
	await sql`vacuum (analyze)`.execute(db);
}

/** Whether anybody is in the portal yet. */
export async function erTom(db: Db): Promise<boolean> {
	return (await db.selectFrom('bruker').select('id').limit(1).executeTakeFirst()) === undefined;
}

/** The ids of those of these people who are there, by username. */
export async function listBrukerIder(db: Db, brukernavn: string[]): Promise<Map<string, string>> {
	if (brukernavn.length === 0) return new Map();
	const rader = await db
		.selectFrom('bruker')
		.select(['id', 'brukernavn'])
		.where('brukernavn', 'in', brukernavn)
		.execute();
	return new Map(rader.map((rad) => [rad.brukernavn, rad.id]));
}
