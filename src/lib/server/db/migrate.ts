import { readdir } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import {
	grantJobTables,
	grantReadingOfMigrations,
	listAppliedMigrations,
	lockMigrations
} from '../queries/migrations.ts';
import { createDb, transaction, type Db } from './pool.ts';

/** Every process is started in the project's folder; the bundled web process could not find it from its own place. */
function migrationsFolder(): string {
	return resolve('migrations');
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Brings a database up to date: the files of migrations/ that it has not had, then pg-boss' own tables and queues, then
 * the rights on those. Runs of several processes at once wait for each other; a second run changes nothing.
 * @param url logs in as the owner of the database
 * @param folder where the .sql files are
 * @returns the names of the migrations that were run
 * @throws the database's error; nothing of the failed file remains
 */
export async function migrate(url: string, folder: string = migrationsFolder()): Promise<string[]> {
	const { runner } = await import('node-pg-migrate');
	const { installJobTables } = await import('../jobs/install.ts');
	const { db } = createDb(url, undefined, { max: 1 });
	try {
		return await transaction(db, async (trx) => {
			await lockMigrations(trx);
			const done = await runner({
				databaseUrl: url,
				dir: folder,
				direction: 'up',
				migrationsTable: 'pgmigrations',
				migrationsSchema: 'public',
				schema: 'public',
				singleTransaction: false,
				advisoryLockMode: 'wait',
				logger: silent
			});
			await installJobTables(url);
			await grantJobTables(trx);
			await grantReadingOfMigrations(trx);
			return done.map((migration) => migration.name);
		});
	} finally {
		await db.destroy();
	}
}

/**
 * The migrations in the folder that the database has not had; empty when it is up to date.
 * @param db any role
 */
export async function pendingMigrations(db: Db, folder: string = migrationsFolder()): Promise<string[]> {
	const applied = new Set(await listAppliedMigrations(db));
	const files = (await readdir(folder)).filter((file) => file.endsWith('.sql'));
	return files
		.map((file) => basename(file, '.sql'))
		.filter((name) => !applied.has(name))
		.sort();
}
