import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cp } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, pendingMigrations } from '#lib/server/db/migrate.ts';
import { createDb } from '#lib/server/db/pool.ts';
import { listAppliedMigrations } from '#lib/server/queries/migrations.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
	database = await createTestDatabase();
	folder = await mkdtemp(join(tmpdir(), 'lis-kommune-migrations-'));
	await cp(resolve('migrations'), folder, { recursive: true });
});

afterAll(async () => {
	await database.drop();
	await rm(folder, { recursive: true, force: true });
});

test('a migrated database has nothing pending, as each of the processes sees it, and a second run changes nothing', async () => {
	for (const role of ['lisk_web', 'lisk_ws', 'lisk_worker'] as const) {
		const { db } = createDb(database.url, role, { max: 1 });
		expect(await pendingMigrations(db)).toEqual([]);
		await db.destroy();
	}
	expect(await migrate(database.url)).toEqual([]);
});

test('a new file is pending until it has been run; several runs at once do it one time', async () => {
	await writeFile(join(folder, '9998_ny.sql'), '-- Up Migration\ncreate table ny (id int);\n-- Down Migration\n');
	const { db } = createDb(database.url, 'lisk_web', { max: 1 });
	expect(await pendingMigrations(db, folder)).toEqual(['9998_ny']);
	const runs = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
	expect(runs.flat()).toEqual(['9998_ny']);
	expect(await pendingMigrations(db, folder)).toEqual([]);
	await db.destroy();
});

test('of a migration that fails nothing remains', async () => {
	await writeFile(join(folder, '9999_feil.sql'), '-- Up Migration\ncreate table halv (id int);\nselect 1/0;\n');
	await expect(migrate(database.url, folder)).rejects.toThrow(/division by zero/);
	const { db } = createDb(database.url, undefined, { max: 1 });
	const tables = await db.introspection.getTables();
	expect(tables.map((table) => table.name)).not.toContain('halv');
	expect(await listAppliedMigrations(db)).not.toContain('9999_feil');
	await db.destroy();
});
