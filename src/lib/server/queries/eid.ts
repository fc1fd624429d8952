import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../db/pool.ts';
import type { EidBevis, EidForsok } from '../db/typer.ts';

/** Keeps an attempt at the provider until the browser comes back. */
export async function insertForsok(db: Db, forsok: Insertable<EidForsok>): Promise<void> {
	await db.insertInto('eid_forsok').values(forsok).execute();
}

/** Marks the attempt of this browser as used and returns it; undefined when there is none or it was used before. */
export function brukForsok(
	db: Db,
	{ id, stateHash, now }: { id: string; stateHash: Buffer; now: Date }
): Promise<Selectable<EidForsok> | undefined> {
	return db
		.updateTable('eid_forsok')
		.set({ brukt_at: now })
		.where('id', '=', id)
		.where('state_hash', '=', stateHash)
		.where('brukt_at', 'is', null)
		.returningAll()
		.executeTakeFirst();
}

/** Keeps what is known of somebody who has no user yet. */
export async function insertBevis(db: Db, bevis: Insertable<EidBevis>): Promise<void> {
	await db.insertInto('eid_bevis').values(bevis).execute();
}

/** What is known of the person behind this cookie, if it has not run out. */
export function selectBevis(db: Db, tokenHash: string, now: Date): Promise<Selectable<EidBevis> | undefined> {
	return db
		.selectFrom('eid_bevis')
		.selectAll()
		.where('id', '=', tokenHash)
		.where('utloper_at', '>', now)
		.executeTakeFirst();
}

export async function deleteBevis(db: Db, id: string): Promise<void> {
	await db.deleteFrom('eid_bevis').where('id', '=', id).execute();
}

/** Says who a person is by electronic ID. Fails when the pid or the person is taken. */
export async function insertIdentitet(
	db: Db,
	identitet: { brukerId: string; pidHash: Buffer; pidKryptert: Buffer; now: Date }
): Promise<void> {
	await db
		.insertInto('eid_identitet')
		.values({
			bruker_id: identitet.brukerId,
			pid_hash: identitet.pidHash,
			pid_kryptert: identitet.pidKryptert,
			koblet_at: identitet.now
		})
		.execute();
}

/** Marks a session as proven by electronic ID. */
export async function setOktEid(
	db: Db,
	tokenHash: string,
	eid: { at: Date; sid: string | null; idToken: Buffer | null }
): Promise<void> {
	await db
		.updateTable('okt')
		.set({ eid_at: eid.at, eid_sid: eid.sid, eid_id_token: eid.idToken })
		.where('id', '=', tokenHash)
		.execute();
}

/** The person with this pid, held until the transaction ends: whoever deactivates the inactive waits, and finds a log-in. */
export function lockEidBruker(trx: Db, pidHash: Buffer) {
	return trx
		.selectFrom('eid_identitet as e')
		.innerJoin('bruker as b', 'b.id', 'e.bruker_id')
		.select(['b.id', 'b.status', 'b.sprak'])
		.where('e.pid_hash', '=', pidHash)
		.forUpdate('b')
		.executeTakeFirst();
}

/** Whether a person is the one with this pid. */
export async function harPid(db: Db, brukerId: string, pidHash: Buffer): Promise<boolean> {
	const rad = await db
		.selectFrom('eid_identitet')
		.select('bruker_id')
		.where('bruker_id', '=', brukerId)
		.where('pid_hash', '=', pidHash)
		.executeTakeFirst();
	return rad !== undefined;
}

/** A person who was warned or deactivated for inactivity is active again. */
export async function aktiver(trx: Db, brukerId: string): Promise<void> {
	await trx
		.updateTable('bruker')
		.set({ status: 'aktiv', varslet_at: null, deaktivert_at: null })
		.where('id', '=', brukerId)
		.where('status', 'in', ['varslet', 'deaktivert'])
		.execute();
}

/** Gives a session another key, and marks it as proven anew; false when it has ended. Its end stays where it was. */
export async function roterOkt(
	trx: Db,
	okt: { fra: string; til: string; at: Date; sid: string | null; idToken: Buffer | null }
): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('okt')
		.set({ id: okt.til, sist_sett_at: okt.at, eid_at: okt.at, eid_sid: okt.sid, eid_id_token: okt.idToken })
		.where('id', '=', okt.fra)
		.executeTakeFirst();
	return numUpdatedRows > 0n;
}

/** What logs a session out at the provider; null when it was not proven by electronic ID. */
export async function findIdToken(db: Db, tokenHash: string): Promise<Buffer | null> {
	const rad = await db.selectFrom('okt').select('eid_id_token').where('id', '=', tokenHash).executeTakeFirst();
	return rad?.eid_id_token ?? null;
}

/** Ends what was opened by this session of the provider: sessions (returned), and registrations that have begun. */
export async function deleteBySid(trx: Db, sid: string): Promise<{ id: string; brukerId: string }[]> {
	await trx.deleteFrom('eid_bevis').where('sid', '=', sid).execute();
	const okter = await trx.deleteFrom('okt').where('eid_sid', '=', sid).returning(['offentlig_id', 'user_id']).execute();
	return okter.map((okt) => ({ id: okt.offentlig_id, brukerId: okt.user_id }));
}
