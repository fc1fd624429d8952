import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAll } from '#lib/server/verify/index.ts';
import { BRIEF_BLOWS, drillNodes, type BlowName } from '../support/nodes-drill.ts';
import { World } from '../support/world.ts';

/** R01, R03 and R09 over two nodes; many more in tests/faults/durable-nodes.test.ts. */
const LIMIT_MS = 240_000;

let world: World;

beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

test(
	'two nodes under load are killed, restarted, cut off and slowed down: nothing acknowledged is lost, nothing is there twice',
	{ timeout: LIMIT_MS },
	async () => {
		const blows: BlowName[] = [...BRIEF_BLOWS, 'terminate'];
		const report = await drillNodes(world, blows, { rounds: blows.length, seed: 6 });
		expect(report.faults).toEqual([]);
		expect(report.acknowledged).toBeGreaterThan(20);
		expect((await verifyAll(world.web)).faults).toEqual([]);
	}
);
