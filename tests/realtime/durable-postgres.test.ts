import { expect, test } from 'vitest';
import { drillPostgres } from '../support/postgres-drill.ts';

const WELL_AGAIN_MS = 10_000;

test(
	'PostgreSQL stopped at once 3 times under writes: the server lives on, and what said LAGRET is there, once',
	{ timeout: 240_000 },
	async () => {
		const report = await drillPostgres({ rounds: 3, seed: 4 });
		expect(report.faults).toEqual([]);
		expect(report.acknowledged).toBeGreaterThan(20);
		expect(report.slowestMs).toBeLessThan(WELL_AGAIN_MS);
	}
);
