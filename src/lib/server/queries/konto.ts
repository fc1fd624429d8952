import type { Sprak } from '#lib/domain/actor.ts';
import type { Db } from '../db/pool.ts';

/** What a person's own account page shows of them. */
export type KontoRad = {
	brukernavn: string;
	navn: string;
	epost: string;
	mobil: string | null;
	stilling: string | null;
	sprak: Sprak;
	harPassord: boolean;
	harEid: boolean;
};

/** A person's own account; undefined when there is no such person. */
export async function findKonto(db: Db, brukerId: string): Promise<KontoRad | undefined> {
	const rad = await db
		.selectFrom('bruker as b')
		.leftJoin('passord as p', 'p.bruker_id', 'b.id')
		.leftJoin('eid_identitet as e', 'e.bruker_id', 'b.id')
		.select(['b.brukernavn', 'b.navn', 'b.epost', 'b.mobil', 'b.stilling', 'b.sprak'])
		.select(['p.satt_at as passordSatt', 'e.koblet_at as eidKoblet'])
		.where('b.id', '=', brukerId)
		.executeTakeFirst();
	if (!rad) return undefined;
	const { passordSatt, eidKoblet, ...resten } = rad;
	return {
		...resten,
		sprak: rad.sprak as Sprak,
		harPassord: passordSatt !== null,
		harEid: eidKoblet !== null
	};
}

/** Changes how a person can be reached, and their language. */
export async function updateProfil(
	trx: Db,
	brukerId: string,
	profil: { mobil: string | null; stilling: string | null; sprak: Sprak }
): Promise<void> {
	await trx.updateTable('bruker').set(profil).where('id', '=', brukerId).execute();
}

/** A person's sessions, the latest used first; without their keys. */
export function listEgneOkter(db: Db, brukerId: string) {
	return db
		.selectFrom('okt')
		.select([
			'id as hash',
			'offentlig_id as id',
			'created_at as startet',
			'sist_sett_at as sistSett',
			'eid_at as eidAt'
		])
		.select(['expires_at as utloper', 'idle_ms as idleMs', 'absolutt_utloper_at as absoluttUtloper'])
		.select('felles_maskin as fellesMaskin')
		.where('user_id', '=', brukerId)
		.orderBy('sist_sett_at', 'desc')
		.execute();
}

/** Gives a person another user name. */
export async function updateBrukernavn(trx: Db, brukerId: string, brukernavn: string): Promise<void> {
	await trx.updateTable('bruker').set({ brukernavn }).where('id', '=', brukerId).execute();
}

/** Sets or changes a person's password. */
export async function setPassord(trx: Db, brukerId: string, hash: string, now: Date): Promise<void> {
	await trx
		.insertInto('passord')
		.values({ bruker_id: brukerId, hash, satt_at: now })
		.onConflict((c) => c.column('bruker_id').doUpdateSet({ hash, satt_at: now }))
		.execute();
}

/** Gives a session another key: the token that its cookie had opens nothing any more (T02). */
export async function byttOktnokkel(trx: Db, fra: string, til: string): Promise<void> {
	await trx.updateTable('okt').set({ id: til }).where('id', '=', fra).execute();
}
