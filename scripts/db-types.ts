import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#lib/server/db/migrate.ts';
import { startCluster } from './lib/cluster.ts';
import { inProject } from './lib/paths.ts';
import { run } from './lib/run.ts';

/** Writes the types of the schema, read from a database that the migrations have just made. */
const dir = await mkdtemp(join(tmpdir(), 'lis-kommune-types-'));
await chmod(dir, 0o711);
const cluster = await startCluster({ dir, fsync: false });
try {
	await cluster.ensureDatabase('types');
	await migrate(cluster.url('types'));
	await run(
		process.execPath,
		[
			inProject('node_modules/kysely-codegen/dist/cli/bin.js'),
			...['--dialect', 'postgres', '--url', cluster.url('types')],
			...['--out-file', inProject('src/lib/server/db/typer.ts')],
			...['--include-pattern', 'public.*', '--exclude-pattern', 'public.pgmigrations'],
			// As the pool's parsers have it: counters fit a number, a date is a date and not an instant.
			...['--type-mapping', JSON.stringify({ int8: 'number', date: 'string' })]
		],
		{ env: { ...process.env, PGTZ: 'UTC' } }
	);
} finally {
	await cluster.stopImmediate();
	await rm(dir, { recursive: true, force: true });
}
console.log('src/lib/server/db/typer.ts is up to date.');
