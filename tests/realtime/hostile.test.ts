import { afterAll, beforeAll, expect, test } from 'vitest';
import { drillFuzz } from '../support/fuzz-drill.ts';
import { World } from '../support/world.ts';

/** R12: many more in tests/faults/hostile.test.ts. */
const FRAMES = 2_000;

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

test('2,000 damaged, hostile and random frames: nothing falls, nothing of it is kept, others write on', async () => {
	const report = await drillFuzz(world, { frames: FRAMES, seed: 5 });
	expect(report.faults).toEqual([]);
	expect(report.closed).toBeGreaterThan(20);
});
