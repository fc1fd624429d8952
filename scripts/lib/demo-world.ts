import type { Config } from '#lib/server/config.ts';
import { createDb } from '#lib/server/db/pool.ts';
import { seedDemoWorld } from '#lib/server/demo/seed.ts';

/** The people of the demo world, in the order in which the log-ins are shown. */
export const demoUsernames = ['lis', 'lis2', 'veileder', 'leder', 'supervisor', 'hdir', 'drift'];

/**
 * Makes the demo world in a database that holds nobody, never in production.
 * @returns whether it was made
 */
export async function seedWhenEmpty(config: Config, url: string): Promise<boolean> {
	if (config.production) return false;
	const { db } = createDb(url, undefined, { max: 2 });
	try {
		return await seedDemoWorld(db, { now: new Date(), password: config.demoPassword });
	} finally {
		await db.destroy();
	}
}
