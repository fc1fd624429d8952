import type { Db } from '../db/pool.ts';

/** When the failed attempts under this key after `since` were made, newest first. */
export async function listForsok(db: Db, nokkel: string, since: Date): Promise<Date[]> {
	const rader = await db
		.selectFrom('innloggingsforsok')
		.select('at')
		.where('nokkel', '=', nokkel)
		.where('at', '>', since)
		.orderBy('at', 'desc')
		.limit(200)
		.execute();
	return rader.map((rad) => rad.at);
}

export async function insertForsok(db: Db, nokler: string[], now: Date): Promise<void> {
	await db
		.insertInto('innloggingsforsok')
		.values(nokler.map((nokkel) => ({ nokkel, at: now })))
		.execute();
}

export async function deleteForsok(db: Db, nokler: string[]): Promise<void> {
	await db.deleteFrom('innloggingsforsok').where('nokkel', 'in', nokler).execute();
}
