import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Db } from '#lib/server/db/pool.ts';
import { listFaults } from '#lib/server/readiness.ts';

/** A loop that lags this much answers nobody in time. Milliseconds. */
const LOOP_LAG_MS = 1_000;
const NS_PER_MS = 1e6;

/**
 * R14: /livez says that the process runs and never touches the database; /readyz that it can do its work: the database is
 * there, is migrated, and keeps what it says it has committed.
 */
export function createHealth(db: Db, isStopping: () => boolean) {
	const lag = monitorEventLoopDelay({ resolution: 20 });
	lag.enable();
	return async (url: string): Promise<{ status: number; body: unknown }> => {
		const path = url.split('?')[0];
		if (path === '/livez') return { status: 200, body: { status: 'ok' } };
		if (path !== '/readyz') return { status: 404, body: { status: 'not found' } };
		const faults: string[] = [];
		if (isStopping()) faults.push('stopping');
		const worst = lag.percentile(99) / NS_PER_MS;
		lag.reset();
		if (worst > LOOP_LAG_MS) faults.push('event loop lags');
		faults.push(...(await listFaults(db)));
		return faults.length === 0
			? { status: 200, body: { status: 'ok' } }
			: { status: 503, body: { status: 'not ready', faults } };
	};
}
