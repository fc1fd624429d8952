import type { FastRolle } from '#lib/domain/actor.ts';
import type { Db } from '../db/pool.ts';

/** Gives a person a role for the portal from now on. */
export async function insertFastRolle(trx: Db, rad: { brukerId: string; rolle: FastRolle; fra: Date }): Promise<void> {
	await trx.insertInto('fast_rolle').values({ bruker_id: rad.brukerId, rolle: rad.rolle, fra: rad.fra }).execute();
}

/** Ends a person's role; false when they do not have it now. */
export async function avsluttFastRolle(
	trx: Db,
	rad: { brukerId: string; rolle: FastRolle; til: Date }
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('fast_rolle')
		.set({ til: rad.til })
		.where('bruker_id', '=', rad.brukerId)
		.where('rolle', '=', rad.rolle)
		.where('til', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** Whether a person has this role, with no end to it. */
export async function harFastRolle(db: Db, brukerId: string, rolle: FastRolle): Promise<boolean> {
	const rad = await db
		.selectFrom('fast_rolle')
		.select('rolle')
		.where('bruker_id', '=', brukerId)
		.where('rolle', '=', rolle)
		.where('til', 'is', null)
		.executeTakeFirst();
	return rad !== undefined;
}

/** Everybody who has a role for the portal now. */
export function listFasteRoller(db: Db, now: Date) {
	return db
		.selectFrom('fast_rolle as f')
		.innerJoin('bruker as b', 'b.id', 'f.bruker_id')
		.select(['b.id', 'b.brukernavn', 'b.navn', 'b.status', 'f.rolle', 'f.fra'])
		.where('f.fra', '<=', now)
		.where((eb) => eb.or([eb('f.til', 'is', null), eb('f.til', '>', now)]))
		.orderBy('f.rolle')
		.orderBy('b.brukernavn')
		.execute();
}

/** A person by their user name. */
export function findByBrukernavn(db: Db, brukernavn: string) {
	return db
		.selectFrom('bruker')
		.select(['id', 'navn', 'status'])
		.where('brukernavn', '=', brukernavn)
		.executeTakeFirst();
}

/** A new person. */
export async function insertPerson(
	trx: Db,
	{ now, ...person }: { id: string; brukernavn: string; navn: string; epost: string; farge: number; now: Date }
): Promise<void> {
	await trx
		.insertInto('bruker')
		.values({ ...person, sprak: 'nb', status: 'aktiv', created_at: now })
		.execute();
}

/** Whether somebody is known by this pid already. */
export async function erKjentPid(db: Db, pidHash: Uint8Array): Promise<boolean> {
	const rad = await db
		.selectFrom('eid_identitet')
		.select('bruker_id')
		.where('pid_hash', '=', Buffer.from(pidHash))
		.executeTakeFirst();
	return rad !== undefined;
}

/** A person whose roles are about to change, held until the transaction ends. */
export function lockBruker(trx: Db, id: string): Promise<{ id: string; status: string } | undefined> {
	return trx.selectFrom('bruker').select(['id', 'status']).where('id', '=', id).forUpdate().executeTakeFirst();
}
