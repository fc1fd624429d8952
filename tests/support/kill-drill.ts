import { setTimeout as delay } from 'node:timers/promises';
import { playRounds, type DrillOptions, type DrillReport, type Outcome, type Round } from './drill-rounds.ts';
import type { DrillRoom } from './drill-room.ts';
import type { Random } from './random.ts';
import { until } from './realtime.ts';
import type { World } from './world.ts';
import { startWsProcess, type WsProcess } from './ws-process.ts';

/** Rounds in one document, before the next one is begun. */
const ROUNDS_PER_DOCUMENT = 20;
/** The blow falls after this many milliseconds of typing, at the latest. */
const TYPING_MS = 400;
const CLOSE_RESTART = 1012;

/**
 * ws-server is killed with SIGKILL at random moments while two people type; both clients and their documents are thrown away at
 * each kill, so that nothing can come back but what the server has kept.
 */
export function drillThrownAway(world: World, options: DrillOptions): Promise<DrillReport> {
	return drill(world, options, async ({ room, server, random, port }) => {
		await type(room, random);
		await server.kill9();
		await room.lose();
		const next = await startWsProcess(world.url, port);
		const start = performance.now();
		await room.join(next.port);
		await room.settle();
		return { server: next, ms: performance.now() - start, faults: await room.faults() };
	});
}

/** The same, but the clients keep their documents, type on, and connect to the next server by themselves: nothing at all may be lost. */
export function drillSurvivors(world: World, options: DrillOptions): Promise<DrillReport> {
	return drill(world, options, async ({ room, server, random, port }) => {
		await type(room, random);
		await server.kill9();
		await type(room, random);
		const next = await startWsProcess(world.url, port);
		const start = performance.now();
		await until(() => room.typists.every(({ client }) => client.provider.synced));
		await room.stop();
		await room.settle();
		return { server: next, ms: performance.now() - start, faults: await room.faults() };
	});
}

/** SIGTERM under load: the server leaves in good order within 10 s, says 1012, and the next one takes over. */
export function drillTerminated(world: World, options: DrillOptions): Promise<DrillReport> {
	return drill(world, options, async ({ room, server, random, port }) => {
		await type(room, random);
		const faults = await server.end();
		await until(() => room.typists.every(({ closeCodes }) => closeCodes.length > 0));
		for (const { closeCodes } of room.typists)
			if (closeCodes[0] !== CLOSE_RESTART) faults.push(`closed with ${closeCodes[0]}`);
		const next = await startWsProcess(world.url, port);
		const start = performance.now();
		await room.stop();
		await room.settle();
		const ms = performance.now() - start;
		faults.push(...(await room.faults()));
		for (const typist of room.typists) typist.closeCodes.length = 0;
		return { server: next, ms, faults };
	});
}

type OneNode = Round & { server: WsProcess; port: number };

/** Over one ws-server, that each strike leaves another one for. */
async function drill(
	world: World,
	options: DrillOptions,
	strike: (round: OneNode) => Promise<Outcome & { server: WsProcess }>
): Promise<DrillReport> {
	let server = await startWsProcess(world.url);
	const { port } = server;
	const report = await playRounds(world, options, {
		port: () => port,
		roundsPerDocument: ROUNDS_PER_DOCUMENT,
		strike: async (round) => {
			const outcome = await strike({ ...round, server, port });
			server = outcome.server;
			return outcome;
		}
	});
	await server.terminate();
	return report;
}

/** Lets them type for a random while. */
export function type(room: DrillRoom, random: Random, atMostMs = TYPING_MS): Promise<void> {
	room.start();
	return delay(random.int(1, atMostMs));
}
