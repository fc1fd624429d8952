import type { Db } from '../db/pool.ts';

/** True when the database holds nobody yet. */
export async function isEmptyWorld(db: Db): Promise<boolean> {
	return (await db.selectFrom('bruker').select('id').limit(1).executeTakeFirst()) === undefined;
}
