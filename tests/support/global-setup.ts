import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '#lib/server/db/migrate.ts';
import { startCluster } from '../../scripts/lib/cluster.ts';

/** Nothing is ever connected to it: that would block the copying. */
const templateDatabase = 'mal';

declare module 'vitest' {
	interface ProvidedContext {
		/** Address of the run's cluster; the database in it is named by whoever connects. */
		clusterUrl: string;
		/** The database that every test database is a copy of. */
		templateDatabase: string;
	}
}

/** One cluster for the whole run, without fsync (its data is thrown away), with the schema migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const dir = await mkdtemp(join(tmpdir(), 'lis-kommune-test-'));
	// The database's system user must be able to reach it.
	await chmod(dir, 0o711);
	const cluster = await startCluster({ dir, fsync: false });
	const teardown = async (): Promise<void> => {
		await cluster.stopImmediate();
		await rm(dir, { recursive: true, force: true });
		if (cluster.home.notice !== undefined) await rm(cluster.home.data, { recursive: true, force: true });
	};
	try {
		await cluster.ensureDatabase(templateDatabase);
		await migrate(cluster.url(templateDatabase));
	} catch (error) {
		await teardown();
		throw error;
	}
	project.provide('clusterUrl', cluster.url('postgres'));
	project.provide('templateDatabase', templateDatabase);
	return teardown;
}
