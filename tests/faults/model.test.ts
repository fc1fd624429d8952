import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAll } from '#lib/server/verify/index.ts';
import { playSeed } from '../support/model/run.ts';
import type { Stage } from '../support/model/play.ts';
import { Servers } from '../support/servers.ts';
import { World } from '../support/world.ts';

/** R04, over two nodes. */
const NODES = 2;

const FIRST = Number(process.env['MODEL_SEED'] ?? Date.now() % 1_000_000);
const SEEDS = Array.from({ length: Number(process.env['MODEL_SEEDS'] ?? 200) }, (_, i) => FIRST + i);
const STEPS = Number(process.env['MODEL_STEPS'] ?? 150);

let world: World;
let stage: Stage;

beforeAll(async () => {
	// An hour ago, so that a ferdigstilling can have begun before now.
	world = await World.create({ now: new Date(Date.now() - 3_600_000) });
	stage = { world, people: await world.cast(), servers: await Servers.start(world.url, NODES) };
});
afterAll(() => world.destroy());

test.each(SEEDS)('seed %i', async (seed) => {
	const told = await playSeed(stage, seed, STEPS);
	expect(told.length).toBeGreaterThan(0);
});

test('every chain, snapshot and frozen document of all the seeds holds', async () => {
	await stage.servers.stop();
	expect((await verifyAll(world.web)).faults).toEqual([]);
});
