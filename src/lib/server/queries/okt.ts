import { oktGjelder } from '#lib/domain/okt.ts';
import type { Rolle } from '#lib/domain/actor.ts';
import { sql, type Db } from '../db/pool.ts';

/** One session with the person behind it, for processes that only read sessions (ws-server). */
export function findOkt(db: Db, tokenHash: string) {
	return db
		.selectFrom('okt')
		.innerJoin('innlogget_bruker as b', 'b.id', 'okt.user_id')
		.select([
			'okt.id',
			'okt.offentlig_id',
			'okt.expires_at',
			'okt.sist_sett_at',
			'okt.idle_ms',
			'okt.absolutt_utloper_at',
			'okt.felles_maskin',
			'okt.eid_at',
			'okt.rolle'
		])
		.select([
			'b.id as bruker_id',
			'b.brukernavn',
			'b.navn',
			'b.sprak',
			'b.farge',
			'b.status',
			'b.er_lis',
			'b.faste_roller',
			'b.relasjoner'
		])
		.where('okt.id', '=', tokenHash)
		.executeTakeFirst();
}

/** Marks a session as in use. */
export async function touchOkt(db: Db, tokenHash: string, now: Date): Promise<void> {
	await db
		.updateTable('okt')
		.set({ sist_sett_at: now })
		.where('id', '=', tokenHash)
		.where('sist_sett_at', '<', now)
		.execute();
}

/** Keeps the role that the person sees the portal in. */
export async function updateOktRolle(db: Db, tokenHash: string, rolle: Rolle | null): Promise<void> {
	await db.updateTable('okt').set({ rolle }).where('id', '=', tokenHash).execute();
}

/** Which of these sessions hold: not ended, not expired, of a person who is active. */
export async function listGyldigeOkter(db: Db, hashes: string[], now: Date): Promise<Set<string>> {
	if (hashes.length === 0) return new Set();
	const rader = await db
		.selectFrom('okt')
		.innerJoin('bruker as b', 'b.id', 'okt.user_id')
		.select([
			'okt.id',
			'okt.expires_at',
			'okt.sist_sett_at as sistSett',
			'okt.idle_ms as idleMs',
			'okt.absolutt_utloper_at as absoluttUtloper',
			'b.status'
		])
		.where(sql<boolean>`okt.id = any(${hashes}::text[])`)
		.execute();
	return new Set(
		rader
			.filter((o) => o.expires_at > now && oktGjelder(o, now) && (o.status === 'aktiv' || o.status === 'varslet'))
			.map((o) => o.id)
	);
}

/** Gives a session another token, by its hash; false when it has ended. */
export async function updateOktToken(trx: Db, fra: string, til: string): Promise<boolean> {
	const { numUpdatedRows } = await trx.updateTable('okt').set({ id: til }).where('id', '=', fra).executeTakeFirst();
	return numUpdatedRows > 0n;
}
