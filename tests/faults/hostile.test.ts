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
	// R12's own figure; and a ratio of the same run, which a slow machine does not blur. Seen: 3.5 to 4 times with two cores, 4.7 to 6.3 times with
	// server, attackers and PostgreSQL on one core that others use too. The floor is what nobody feels where the quiet takes next to nothing.
	expect(report.attackedP95).toBeLessThan(200);
	expect(report.attackedP95).toBeLessThan(Math.max(8 * report.quietP95, 50));
	expect(report.attackedKeys).toBeGreaterThan(100);
});
