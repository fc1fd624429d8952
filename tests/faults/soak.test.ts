import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAll } from '#lib/server/verify/index.ts';
import { drillSoak } from '../support/soak-drill.ts';
import { World } from '../support/world.ts';

/** R13 over two nodes. SOAK_MINUTES, SOAK_DOCUMENTS: how long, and how many samtaler of three pages each. */
const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 10);
const DOCUMENTS = Number(process.env['SOAK_DOCUMENTS'] ?? 200);
const seed = Number(process.env['DRILL_SEED'] ?? Date.now() % 1_000_000);
const WAVE_MS = 60_000;
const UNLOADED_MS = 60_000;
/** From the end of the first wave to the end of the last; what is less than some MiB is nobody's leak. */
const GROWTH = 1.1;
const SLACK_MIB = 3;

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

test(`R13: ${DOCUMENTS} samtaler of three pages over two nodes: memory stays, idle documents go`, async () => {
	const waves = Math.max(2, Math.round((MINUTES * 60_000) / WAVE_MS));
	const report = await drillSoak(world, {
		...{ documents: DOCUMENTS, waves, waveMs: WAVE_MS, seed },
		onWave: (wave) => console.log(JSON.stringify(wave))
	});
	expect(report.faults).toEqual([]);
	const held = report.waves.map(({ memory }) => memory.heap + memory.outside);
	expect(held.at(-1)).toBeLessThan((held[0] ?? 0) * GROWTH + SLACK_MIB);
	for (const { unloadedMs } of report.waves) expect(unloadedMs).toBeLessThan(UNLOADED_MS);
	expect((await verifyAll(world.web)).faults).toEqual([]);
});
