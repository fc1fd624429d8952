import { afterAll, beforeAll, expect, test } from 'vitest';
import { drillSurvivors, drillTerminated, drillThrownAway } from '../support/kill-drill.ts';
import { World } from '../support/world.ts';

/** Each round starts a process; a busy machine takes its time for that. */
const LIMIT_MS = 240_000;

let world: World;

beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

test(
	'kill -9 of ws-server 20 times, clients and their documents thrown away: what said LAGRET is there, once',
	{ timeout: LIMIT_MS },
	async () => {
		const report = await drillThrownAway(world, { rounds: 20, seed: 1 });
		expect(report.faults).toEqual([]);
		expect(report.acknowledged).toBeGreaterThan(20);
	}
);

test(
	'kill -9 of ws-server 5 times, clients type on and come back: nothing lost, nothing doubled',
	{ timeout: LIMIT_MS },
	async () => {
		const report = await drillSurvivors(world, { rounds: 5, seed: 2 });
		expect(report.faults).toEqual([]);
		expect(report.acknowledged).toBe(report.words);
	}
);

test(
	'SIGTERM under load 5 times: ends within 10 s, says 1012, and the next server has it all',
	{ timeout: LIMIT_MS },
	async () => {
		const report = await drillTerminated(world, { rounds: 5, seed: 3 });
		expect(report.faults).toEqual([]);
		expect(report.acknowledged).toBe(report.words);
	}
);
