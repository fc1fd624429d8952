import { PgBoss } from 'pg-boss';
import { jobDefinitions } from './definitions/index.ts';

/** The schema of pg-boss' tables. */
export const jobSchema = 'pgboss';

/**
 * Makes or upgrades pg-boss' tables and its queues. Part of the migrations, as the owner: the worker itself has no right
 * to make tables.
 */
export async function installJobTables(url: string): Promise<void> {
	const boss = new PgBoss({ connectionString: url, schema: jobSchema, max: 2, supervise: false, schedule: false });
	const failed: Error[] = [];
	boss.on('error', (error) => failed.push(error));
	await boss.start();
	try {
		for (const { name, retryLimit } of jobDefinitions) {
			const options = { retryLimit, retryBackoff: retryLimit > 0 };
			if ((await boss.getQueue(name)) === null) await boss.createQueue(name, options);
			else await boss.updateQueue(name, options);
		}
	} finally {
		await boss.stop({ graceful: false });
	}
	if (failed[0] !== undefined) throw failed[0];
}
