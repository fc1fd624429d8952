import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAll } from '#lib/server/verify/index.ts';
import { drillFinalize } from '../support/finalize-drill.ts';
import { World } from '../support/world.ts';

/** R05 over two nodes; many more in tests/faults/durable-nodes.test.ts. */
const ROUNDS = 10;

let world: World;

beforeAll(async () => {
	// An hour ago, so that a ferdigstilling can have begun before now.
	world = await World.create({ now: new Date(Date.now() - 3_600_000) });
});
afterAll(() => world.destroy());

test(
	'finalized while both type through two nodes: what was acknowledged is frozen, nothing comes after, the rest is kept',
	{ timeout: 240_000 },
	async () => {
		const report = await drillFinalize(world, { rounds: ROUNDS, seed: 7 });
		expect(report.faults).toEqual([]);
		expect(report.acknowledged).toBeGreaterThan(ROUNDS);
		expect((await verifyAll(world.web)).faults).toEqual([]);
	}
);
