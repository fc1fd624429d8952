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
