import { setTimeout as delay } from 'node:timers/promises';
import { ConfigError, loadConfig, requireDatabaseUrl } from '../config.ts';
import { createDb } from '../db/pool.ts';
import { createLogger } from '../log.ts';
import { Postmann } from '../mail/postmann.ts';
import { smtpTransport } from '../mail/transport.ts';
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
if (config.smtp === undefined) {
	throw new ConfigError([
		'SMTP_URL is missing: start the portal with "npm start", which brings a mail catcher, or set it.'
	]);
}
const postmann = new Postmann({
	...{ db, log, databaseUrl: url, transport: smtpTransport(config.smtp), clock: () => new Date() },
	...{ avsender: config.mailFrom, origin: config.origin, pidKey: config.pidKey }
});
const stopped = new AbortController();
let jobs: Jobs | undefined;

stopOnSignal(log, async () => {
	stopped.abort();
	await Promise.all([postmann.stop(), jobs?.stop()]);
	await db.destroy();
});

postmann.start();
// The database may come up after the worker, or be away for a while: that is no reason to give up.
while (jobs === undefined && !stopped.signal.aborted) {
	try {
		const { inactivityMonths, samtaleWeeks, pidKey, signingKey, clamd } = config;
		jobs = await startJobs({ url, db, log, postmann, inactivityMonths, samtaleWeeks, pidKey, signingKey, clamd });
	} catch (error) {
		log.warn({ err: error }, 'the job tables cannot be reached, trying again');
		await delay(retryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
	}
}
log.info('working');
reportReady();
