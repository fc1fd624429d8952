import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionOptions, createDb, type Db, type DbRole } from '#lib/server/db/pool.ts';
import { startJobs, type Jobs } from '#lib/server/jobs/boss.ts';
import { jobDefinitions } from '#lib/server/jobs/definitions/index.ts';
import { jobHandlers } from '#lib/server/jobs/handlers/index.ts';
import { jobSchema } from '#lib/server/jobs/install.ts';
import { createLogger } from '#lib/server/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const name = 'rydd-okter';
const lines: string[] = [];
const log = createLogger('worker', 'info', (line) => lines.push(line));

let database: TestDatabase;
let owner: Db;
let worker: Db;
let jobs: Jobs;

beforeAll(async () => {
	database = await createTestDatabase();
	owner = createDb(database.url, undefined, { max: 2 }).db;
	worker = createDb(database.url, 'lisk_worker', { max: 2 }).db;
	jobs = await startJobs({
		url: database.url,
		db: worker,
		log,
		postmann: { send: () => Promise.resolve() },
		inactivityMonths: 12,
		samtaleWeeks: 6,
		pidKey: new Uint8Array(32)
	});
});

afterAll(async () => {
	await jobs.stop();
	await worker.destroy();
	await owner.destroy();
	await database.drop();
});

/** pg-boss as one of the processes has it: no right to make or change tables. */
async function openBoss(role: DbRole): Promise<PgBoss> {
	const { options } = connectionOptions(database.url, role);
	const boss = new PgBoss({
		...{ connectionString: database.url, options: options ?? '', schema: jobSchema, max: 1 },
		...{ migrate: false, createSchema: false, supervise: false, schedule: false }
	});
	boss.on('error', () => undefined);
	return boss.start();
}

test('every job has a handler and a queue, and those with a schedule come in Norwegian time', async () => {
	const boss = await openBoss('lisk_worker');
	const schedules = await boss.getSchedules();
	for (const definition of jobDefinitions) {
		expect(jobHandlers[definition.name]).toBeDefined();
		expect(await boss.getQueue(definition.name)).not.toBeNull();
		expect(schedules.find((schedule) => schedule.name === definition.name)).toMatchObject({
			cron: definition.schedule?.cron,
			timezone: 'Europe/Oslo'
		});
	}
	await boss.stop();
});

test('a job put in by the web role is done by the worker: what has run out is deleted, nothing else', async () => {
	const user = randomUUID();
	const now = Date.now();
	await owner
		.insertInto('bruker')
		.values({
			id: user,
			brukernavn: 'prove',
			navn: 'Prøve',
			epost: 'prove@example.no',
			farge: 0,
			status: 'aktiv',
			created_at: new Date(now)
		})
		.execute();
	const session = (id: string, ends: number) => ({
		id,
		user_id: user,
		offentlig_id: randomUUID(),
		created_at: new Date(now - 50_000_000),
		expires_at: new Date(ends),
		absolutt_utloper_at: new Date(ends),
		sist_sett_at: new Date(now - 50_000_000),
		idle_ms: 7_200_000
	});
	await owner
		.insertInto('okt')
		.values([session('gammel', now - 1_000), session('ny', now + 3_600_000)])
		.execute();

	const boss = await openBoss('lisk_web');
	const id = await boss.send(name, {});
	expect(id).not.toBeNull();
	await expect
		.poll(async () => (await boss.findJobs(name, { id: id ?? '' }))[0]?.state, { timeout: 20_000 })
		.toBe('completed');
	await boss.stop();
	expect(await owner.selectFrom('okt').select('id').execute()).toEqual([{ id: 'ny' }]);
	expect(lines.join()).toContain('"slettet"');
});

test('the web role cannot take, change or delete jobs, and nobody but the owner makes tables', async () => {
	const boss = await openBoss('lisk_web');
	await expect(boss.fetch(name)).rejects.toThrow(/permission denied/);
	await expect(boss.deleteAllJobs(name)).rejects.toThrow(/permission denied/);
	await expect(boss.createQueue('egen')).rejects.toThrow(/permission denied/);
	await boss.stop();
});
