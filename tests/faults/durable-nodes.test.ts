import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAll } from '#lib/server/verify/index.ts';
import { progress } from '../support/drill-rounds.ts';
import { drillFinalize } from '../support/finalize-drill.ts';
import { BRIEF_BLOWS, drillNodes, type BlowName } from '../support/nodes-drill.ts';
import { World } from '../support/world.ts';

/**
 * R01, R03, R05 and R09 over two nodes: the drills of tests/realtime/*-nodes.test.ts, many times over. DRILL_SEED=<seed> starts from
 * that seed, DRILL_ROUNDS=<number> plays so many
 * rounds of each.
 */
const seed = Number(process.env['DRILL_SEED'] ?? Date.now() % 1_000_000);
const roundsOf = (usual: number) => Number(process.env['DRILL_ROUNDS'] ?? usual);
const RECONVERGED_MS = 5_000;

let world: World;

beforeAll(async () => {
	// An hour ago, so that a ferdigstilling can have begun before now.
	world = await World.create({ now: new Date(Date.now() - 3_600_000) });
});
afterAll(() => world.destroy());

test.each<[string, number, readonly BlowName[]]>([
	['R01: kill -9 of one node', 200, ['kill', 'killAll']],
	['R03: no net, no database, no answers, no hints, late commits', 200, ['apart', 'away', 'unheard', 'deaf', 'late']],
	['R09: SIGTERM to one node after the other', 60, ['terminate']],
	['R03: a minute without net', 3, ['longApart']],
	['all of it in turn', 100, BRIEF_BLOWS]
])('%s, %i rounds over two nodes', async (_name, usual, blows) => {
	const rounds = roundsOf(usual);
	const report = await drillNodes(world, blows, { rounds, seed, onRound: progress(rounds) });
	expect(report.faults).toEqual([]);
	expect(report.acknowledged).toBeGreaterThan(rounds);
	if (!blows.includes('killAll')) expect(report.acknowledged).toBe(report.words);
	expect(report.slowestMs).toBeLessThan(RECONVERGED_MS);
});

test('R05: 500 ferdigstillinger while both type through two nodes', async () => {
	const rounds = roundsOf(500);
	const report = await drillFinalize(world, { rounds, seed, onRound: progress(rounds) });
	expect(report.faults).toEqual([]);
	expect(report.acknowledged).toBeGreaterThan(rounds);
});

test('every chain, snapshot and frozen document of all of it holds', async () => {
	expect((await verifyAll(world.web)).faults).toEqual([]);
});
