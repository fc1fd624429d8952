import { sql, type Db } from '../db/pool.ts';

/** Throws when the database does not answer. */
export async function isAlive(db: Db): Promise<void> {
	await sql`select 1`.execute(db);
}

/** Settings without which «Lagret» would not mean committed (collab.md, promise 1). Returns the names of those that are off. */
export async function listUnsafeSettings(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select name from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
	`.execute(db);
	return rows.map((row) => row.name);
}
