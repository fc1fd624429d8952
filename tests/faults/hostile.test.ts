import { afterAll, beforeAll, expect, test } from 'vitest';
import { drillFuzz } from '../support/fuzz-drill.ts';
import { World } from '../support/world.ts';

const FRAMES = Number(process.env['FUZZ_FRAMES'] ?? 100_000);
const seed = Number(process.env['DRILL_SEED'] ?? Date.now() % 1_000_000);

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

test('R12: 100,000 damaged, hostile and random frames: no crash, no growth of memory, others hardly notice', async () => {
	const report = await drillFuzz(world, { frames: FRAMES, seed });
	console.log(`seed ${seed}: ${JSON.stringify(report)}`);
	expect(report.faults).toEqual([]);
	expect(report.late.heap + report.late.outside).toBeLessThan(report.early.heap + report.early.outside + 20);
	// Ratio of the same run; the machine under the test is shared, so it is generous.
	expect(report.attackedP95).toBeLessThan(Math.max(5 * report.quietP95, 50));
});
