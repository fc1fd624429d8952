import { sql, type Db } from '../db/pool.ts';

/** Whose refused words on which samtale: never anybody else's. */
export type AvvistEier = { samtaleId: string; brukerId: string };

/** What one refusal kept: the close code, when in microseconds since 1970, and the words in it; null: they cannot be read out. */
export type AvvistRad = { atUs: number; reason: string; tekst: string | null };

/** The newest refusals of one person's writes in one samtale, the newest first. */
export function listAvviste(db: Db, { samtaleId, brukerId }: AvvistEier, limit: number): Promise<AvvistRad[]> {
	return db
		.selectFrom('collab_reject')
		.select(['at_us as atUs', 'reason', sql<string | null>`string_agg(tekst, e'\\n\\n' order by id)`.as('tekst')])
		.where('doc_id', '=', samtaleId)
		.where('user_id', '=', brukerId)
		.groupBy(['at_us', 'reason'])
		.orderBy('at_us', 'desc')
		.limit(limit)
		.execute();
}

/** Whether anything of one person's was refused in one samtale, and is not dealt with. */
export async function harAvviste(db: Db, { samtaleId, brukerId }: AvvistEier): Promise<boolean> {
	const funnet = await db
		.selectFrom('collab_reject')
		.select('id')
		.where('doc_id', '=', samtaleId)
		.where('user_id', '=', brukerId)
		.limit(1)
		.executeTakeFirst();
	return funnet !== undefined;
}

/** Takes away what was refused up to then, microseconds since 1970. */
export async function forgetAvviste(db: Db, { samtaleId, brukerId }: AvvistEier, tilUs: number): Promise<void> {
	await sql`select collab_forget_rejected(${samtaleId}, ${brukerId}, ${tilUs})`.execute(db);
}
