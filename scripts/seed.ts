import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createDb } from '#lib/server/db/pool.ts';
import { migrate } from '#lib/server/db/migrate.ts';
import { withDatabase } from './lib/database.ts';
import { seedWhenEmpty } from './lib/demo-world.ts';
import { readConfig } from './lib/environment.ts';

/** The demo world; with `--lis N` the load world beside it, and with `--sessions FILE` a session for each of its people. */
const { values } = parseArgs({ options: { lis: { type: 'string' }, sessions: { type: 'string' } } });
const config = readConfig();
if (config.production) fail('Synthetic people are never made in production (NODE_ENV=production).');
const lis = values.lis === undefined ? undefined : Number(values.lis);
if (lis !== undefined && !(Number.isInteger(lis) && lis > 0 && lis <= 100_000))
	fail('--lis takes a whole number from 1 to 100000.');
if (values.sessions !== undefined && lis === undefined) fail('--sessions goes with --lis.');

await withDatabase(config, async (url) => {
	await migrate(url);
	const made = await seedWhenEmpty(config, url);
	console.log(made ? 'The demo world is made.' : 'The database holds people already.');
	if (lis !== undefined) await makeLoadWorld(url, lis);
});

async function makeLoadWorld(url: string, count: number): Promise<void> {
	const { openSessions, seedLoadWorld } = await import('#lib/server/demo/load-world.ts');
	const { rydd } = await import('#lib/server/queries/synthetic-people.ts');
	const { db } = createDb(url, undefined, { max: 2 });
	try {
		const now = new Date();
		const world = await seedLoadWorld(db, { lis: count, now, password: config.demoPassword });
		console.log(`The load world has ${world.lis.length} LIS and ${world.andre.length} people around them.`);
		if (values.sessions !== undefined) {
			const sessions = await openSessions(db, [...world.lis, ...world.andre], {
				now,
				idleMs: config.sessionIdleMs,
				origin: config.origin
			});
			// Cookies open the portal: only the one who asked for them may read the file.
			await writeFile(values.sessions, `${JSON.stringify(sessions)}\n`, { mode: 0o600 });
			console.log(`${sessions.length} sessions are in ${values.sessions}.`);
		}
		await rydd(db);
	} finally {
		await db.destroy();
	}
}

function fail(message: string): never {
	console.error(message);
	process.exit(1);
}
