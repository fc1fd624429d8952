import type { Config } from '#lib/server/config.ts';
import { findRunningCluster, startCluster } from './cluster.ts';

/** The name of our database in the embedded cluster. */
export const databaseName = 'lis_kommune';

/**
 * For command lines: does some work on the portal's database, wherever that is. DATABASE_URL when set; else the
 * embedded cluster of a portal that runs now; else that cluster, started for as long as the work takes.
 */
export async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
	const running = config.databaseUrl ?? (await findRunningCluster(config.dataDir, databaseName));
	if (running !== undefined) return work(running);
	const cluster = await startCluster({ dir: config.dataDir });
	try {
		await cluster.ensureDatabase(databaseName);
		return await work(cluster.url(databaseName));
	} finally {
		await cluster.stop();
	}
}
