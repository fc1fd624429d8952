import { afterAll, beforeAll, expect, test } from 'vitest';
import { PgBoss } from 'pg-boss';
import { connectionOptions, createDb, type Db } from '#lib/server/db/pool.ts';
import { startJobs, type Jobs } from '#lib/server/jobs/boss.ts';
import { jobSchema } from '#lib/server/jobs/install.ts';
import { createLogger } from '#lib/server/log.ts';
import { createDrillDatabase, startDrillCluster, type DrillCluster } from '../support/cluster.ts';

let cluster: DrillCluster;
let url: string;
let db: Db;
let jobs: Jobs;

beforeAll(async () => {
	cluster = await startDrillCluster();
	url = await createDrillDatabase(cluster);
	db = createDb(url, 'lisk_worker', { max: 2 }).db;
	jobs = await startJobs({
		...{ url, db, log: createLogger('worker', 'silent') },
		...{
			postmann: { send: () => Promise.resolve() },
			inactivityMonths: 12,
			samtaleWeeks: 6,
			pidKey: new Uint8Array(32)
		}
	});
});

afterAll(async () => {
	await jobs.stop();
	await db.destroy();
	await cluster.remove();
});

/** Enqueues as the web process does, and waits until the worker has done it. */
async function enqueueAndWait(): Promise<void> {
	const { options } = connectionOptions(url, 'lisk_web');
	const boss = new PgBoss({
		...{ connectionString: url, options: options ?? '', schema: jobSchema, max: 1 },
		...{ migrate: false, createSchema: false, supervise: false, schedule: false }
	});
	boss.on('error', () => undefined);
	await boss.start();
	const id = await boss.send('rydd-okter', {});
	const state = async (): Promise<string | undefined> =>
		(await boss.findJobs('rydd-okter', { id: id ?? '' }))[0]?.state;
	await expect.poll(state, { timeout: 30_000 }).toBe('completed');
	await boss.stop();
}

test('the worker goes on by itself after the database was stopped, killed and restarted', async () => {
	await enqueueAndWait();
	for (const end of [cluster.stopImmediate, cluster.kill9, cluster.stop]) {
		await end();
		await cluster.start();
		await enqueueAndWait();
	}
});
