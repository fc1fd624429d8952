import { setTimeout as delay } from 'node:timers/promises';
import { loadConfig, requireDatabaseUrl } from '../config.ts';
import { createDb } from '../db/pool.ts';
import { createLogger } from '../log.ts';
import { reportReady, stopOnSignal } from '../process.ts';
import { startJobs, type Jobs } from './boss.ts';

const retryMs = 1_000;

const config = loadConfig(process.env);
const log = createLogger('worker', config.logLevel);
const url = requireDatabaseUrl(config);
const { db } = createDb(url, 'lisk_worker', {
	max: 5,
	onError: (error) => log.warn({ err: error }, 'a database connection was lost')
});
const stopped = new AbortController();
let jobs: Jobs | undefined;

stopOnSignal(log, async () => {
	stopped.abort();
	await jobs?.stop();
	await db.destroy();
});

// The database may come up after the worker, or be away for a while: that is no reason to give up.
while (jobs === undefined && !stopped.signal.aborted) {
	try {
		jobs = await startJobs({ url, db, log });
	} catch (error) {
		log.warn({ err: error }, 'the job tables cannot be reached, trying again');
		await delay(retryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
	}
}
log.info('working');
reportReady();
