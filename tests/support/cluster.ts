import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '#lib/server/db/migrate.ts';
import { startCluster, type Cluster } from '../../scripts/lib/cluster.ts';

export interface DrillCluster extends Cluster {
	/** Stops it and removes its data. */
	remove(): Promise<void>;
}

/** A cluster of a drill's own, which it may stop and kill as it likes: fsync is on, as where real records are kept. */
export async function startDrillCluster(): Promise<DrillCluster> {
	const dir = await mkdtemp(join(tmpdir(), 'lis-kommune-drill-'));
	await chmod(dir, 0o711);
	const cluster = await startCluster({ dir });
	const remove = async (): Promise<void> => {
		await cluster.stopImmediate();
		await rm(dir, { recursive: true, force: true });
		if (cluster.home.notice !== undefined) await rm(cluster.home.data, { recursive: true, force: true });
	};
	// The port and the process id change with every start: the getters must stay getters.
	return Object.create(cluster, { remove: { value: remove } }) as DrillCluster;
}

/** Makes a migrated database in it and gives its address; the port stays the same over stops and starts. */
export async function createDrillDatabase(cluster: Cluster, name = 'drill'): Promise<string> {
	await cluster.ensureDatabase(name);
	await migrate(cluster.url(name));
	return cluster.url(name);
}
