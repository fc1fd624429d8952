import { setTimeout as delay } from 'node:timers/promises';
import { createPair, DrillRoom } from './drill-room.ts';
import { seededRandom, type Random } from './random.ts';
import { until } from './realtime.ts';
import type { World } from './world.ts';
import { startWsProcess, type WsProcess } from './ws-process.ts';

export type DrillOptions = {
	rounds: number;
	/** Where the typists type, and when the blow falls. */
	seed: number;
	/** Told after every round. */
	onRound?: (round: number, report: DrillReport) => void;
};

export type DrillReport = {
	/** All that was found wrong, with the round. Empty is what is to be shown. */
	faults: string[];
	words: number;
	acknowledged: number;
	/** The longest time from a server or database that was there again until both clients had settled, in milliseconds. */
	slowestMs: number;
};

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
		const { code, signal, milliseconds } = await server.terminate();
		const faults = code === 0 ? [] : [`ended with ${signal ?? code}: ${server.output()}`];
		if (milliseconds > 10_000) faults.push(`took ${milliseconds} ms to end`);
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

type Round = { room: DrillRoom; server: WsProcess; random: Random; port: number };
type Outcome = { server: WsProcess; ms: number; faults: string[] };

async function drill(
	world: World,
	{ rounds, seed, onRound }: DrillOptions,
	strike: (round: Round) => Promise<Outcome>
): Promise<DrillReport> {
	const random = seededRandom(seed);
	const pair = await createPair(world);
	let server = await startWsProcess(world.url);
	const { port } = server;
	const report: DrillReport = { faults: [], words: 0, acknowledged: 0, slowestMs: 0 };
	let room = await DrillRoom.create(world, pair, random);
	await room.join(port);
	for (let round = 1; round <= rounds; round++) {
		const outcome = await strike({ room, server, random, port });
		server = outcome.server;
		report.slowestMs = Math.max(report.slowestMs, outcome.ms);
		report.faults.push(...outcome.faults.map((fault) => `seed ${seed}, round ${round}: ${fault}`));
		if (round % ROUNDS_PER_DOCUMENT === 0 || round === rounds) {
			await room.stop();
			await room.settle();
			report.faults.push(...(await room.faults()));
			report.words += room.ledger.words;
			report.acknowledged += room.ledger.acknowledged;
			await room.leave();
			room = await DrillRoom.create(world, pair, random);
			await room.join(port);
		}
		onRound?.(round, report);
	}
	await room.leave();
	await server.terminate();
	return report;
}

/** Lets them type for a random while. */
function type(room: DrillRoom, random: Random): Promise<void> {
	room.start();
	return delay(random.int(1, TYPING_MS));
}
