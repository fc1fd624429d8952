import type { Config } from '#lib/server/config.ts';
import { createDb } from '#lib/server/db/pool.ts';
import { erTom } from '#lib/server/queries/synthetic-people.ts';

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
		if (!(await erTom(db))) return false;
		// Loaded when needed only: it brings the editor's whole schema along, and most starts find people here.
		const { seedDemoWorld } = await import('#lib/server/demo/seed.ts');
		return await seedDemoWorld(db, { now: new Date(), password: config.demoPassword, pidKey: config.pidKey });
	} finally {
		await db.destroy();
	}
}
