import { PgBoss, type Job } from 'pg-boss';
import * as v from 'valibot';
import { connectionOptions } from '../db/pool.ts';
import { jobDefinitions } from './definitions/index.ts';
import { jobTimeZone, type JobDefinition } from './definitions/definition.ts';
import { jobHandlers, type JobContext } from './handlers/index.ts';
import { jobSchema } from './install.ts';

export interface Jobs {
	/** Takes no new jobs and waits for those under way (7 s at most; pg-boss gives the rest to another worker later). */
	stop(): Promise<void>;
}

/** What every handler is given, besides the time. */
type Surroundings = Omit<JobContext, 'now'>;

const stopMs = 7_000;
/** Every job comes by a schedule whose grain is a minute; asking all queues every two seconds was work for nothing, and people waited behind it. */
const pollingIntervalSeconds = 10;

/**
 * Works on every kind of job there is, as the database role of the worker; the tables are the migrations' affair.
 * pg-boss only ticks and hands out: what is due is for the handlers to compute from the time they are given.
 * @throws Error when the database cannot be reached or was not migrated
 */
export async function startJobs(options: { url: string } & Surroundings): Promise<Jobs> {
	const { url, log } = options;
	const { connectionString, options: asWorker } = connectionOptions(url, 'lisk_worker');
	const boss = new PgBoss({
		...{ connectionString: connectionString ?? url, options: asWorker ?? '' },
		...{ application_name: 'lisk_worker', schema: jobSchema, max: 5 },
		// Making, altering and rebuilding is the owner's.
		...{ migrate: false, createSchema: false, reindex: false, monitorVacuum: false }
	});
	boss.on('error', (error) => log.warn({ err: error }, 'pg-boss reported an error'));
	try {
		await boss.start();
		await schedule(boss);
		for (const definition of jobDefinitions) {
			await boss.work(definition.name, { pollingIntervalSeconds }, (jobs: Job<object>[]) =>
				runJobs(definition, jobs, options)
			);
		}
	} catch (error) {
		await boss.stop({ graceful: false }).catch(() => undefined);
		throw error;
	}
	return { stop: () => boss.stop({ graceful: true, timeout: stopMs }) };
}

/** Schedules are kept in the database: those of jobs that are no more, or no longer come by themselves, are taken out. */
async function schedule(boss: PgBoss): Promise<void> {
	const wanted = jobDefinitions.filter((definition) => definition.schedule !== undefined);
	for (const { name } of await boss.getSchedules()) {
		if (!wanted.some((definition) => definition.name === name)) await boss.unschedule(name);
	}
	for (const { name, schedule } of wanted) await boss.schedule(name, schedule?.cron ?? '', {}, { tz: jobTimeZone });
}

async function runJobs(
	definition: JobDefinition,
	jobs: Job<object>[],
	{ db, log, ...surroundings }: Surroundings
): Promise<void> {
	const load = jobHandlers[definition.name];
	if (load === undefined) throw new Error(`The job ${definition.name} has no handler.`);
	const handle = await load();
	for (const job of jobs) {
		const data = v.parse(definition.data, job.data ?? {});
		await handle(
			{ db, log: log.child({ job: definition.name, jobId: job.id }), now: new Date(), ...surroundings },
			data
		);
	}
}
