import { setTimeout as delay } from 'node:timers/promises';
import { startBalancer, type Balancer } from './balancer.ts';
import { playRounds, type DrillOptions, type DrillReport, type Outcome, type Round } from './drill-rounds.ts';
import { appendsWait, buildCommitGate, closeCommitGate } from './held.ts';
import { type } from './kill-drill.ts';
import { until } from './realtime.ts';
import { Servers } from './servers.ts';
import type { World } from './world.ts';

const NODES = 2;
const ROUNDS_PER_DOCUMENT = 20;
const CLOSE_RESTART = 1012;

/** A round over two nodes, one of which is struck; the people come by a balancer, one to each as a rule. */
type NodesRound = Round & { world: World; servers: Servers; balancer: Balancer; struck: number };

/** Falls while the room types; when it resolves, what it broke is mended, or about to be. */
type Blow = (round: NodesRound) => Promise<void>;

/** What may happen to two nodes while people type through both. */
const BLOWS = {
	/** kill -9 of one node: its people go to the other. */
	kill: ({ servers, struck }) => servers.kill(struck),
	/** The same, and everybody loses their page with all that is in it: only what was acknowledged must be there. */
	killAll: async ({ servers, balancer, struck, room }) => {
		await servers.kill(struck);
		balancer.cut();
		await room.lose();
		await room.join(balancer.port);
	},
	/** One of a rolling restart: whoever was there is told so, and comes back to the other. */
	terminate: ({ servers, struck }) => servers.restart(struck),
	/** No node reaches PostgreSQL for a while. */
	away: async ({ servers, room, random }) => {
		servers.breakDatabase(true);
		await type(room, random);
		servers.mendDatabase();
	},
	/** One node does what it does, and never hears that it is done. */
	unheard: async ({ servers, struck, room, random }) => {
		servers.holdAnswers(struck);
		await type(room, random);
		servers.letGo(struck);
	},
	/** What is written waits in its commit while the node that wrote it is killed: it is committed when nobody waits for it any more. */
	late: async ({ world, servers, struck, room, random }) => {
		const gate = await closeCommitGate(world);
		await appendsWait(world);
		await servers.kill(struck);
		await type(room, random);
		await gate.release();
	},
	/** Hints are lost: only the poll tells one node of the other's rows. */
	deaf: async ({ servers, room, random }) => {
		servers.hints(false);
		await type(room, random);
	},
	/** One of the two has no net for a while; both type on. */
	apart: (round) => apart(round, round.random.int(1, APART_MS)),
	/** The same for a minute: at the typists' pace more than a day's writing. */
	longApart: (round) => apart(round, LONG_APART_MS)
} satisfies Record<string, Blow>;

/** Somebody has no net for this long at most, or this long. Milliseconds. */
const APART_MS = 3_000;
const LONG_APART_MS = 60_000;

async function apart({ room, random }: NodesRound, ms: number): Promise<void> {
	const provider = random.pick(room.typists)?.client.provider;
	provider?.disconnect();
	await delay(ms);
	provider?.connect();
}

export type BlowName = keyof typeof BLOWS;

/** All of them that take seconds. */
export const BRIEF_BLOWS = (Object.keys(BLOWS) as BlowName[]).filter((name) => name !== 'longApart');

/**
 * Two people type without pause through two nodes of ws-server while these blows fall, in turn, on one or the other: nothing that was
 * acknowledged is lost, nothing comes twice, both see what the log says, and no row repeats another.
 */
export async function drillNodes(
	world: World,
	blows: readonly BlowName[],
	options: DrillOptions
): Promise<DrillReport> {
	await buildCommitGate(world);
	const servers = await Servers.start(world.url, NODES);
	const balancer = await startBalancer(servers.ports);
	try {
		return await playRounds(world, options, {
			port: () => balancer.port,
			roundsPerDocument: ROUNDS_PER_DOCUMENT,
			strike: (round) => {
				const blow = blows[(round.round - 1) % blows.length] ?? 'kill';
				return strike({ ...round, world, servers, balancer, struck: round.random.int(0, NODES - 1) }, blow);
			}
		});
	} finally {
		await balancer.stop();
		await servers.stop();
	}
}

async function strike(round: NodesRound, name: BlowName): Promise<Outcome> {
	const { servers, room, random } = round;
	await spread(round);
	await type(room, random);
	await BLOWS[name](round);
	await type(room, random);
	const start = performance.now();
	await until(() => room.typists.every(({ client }) => client.provider.synced));
	await room.stop();
	await room.settle();
	const ms = performance.now() - start;
	servers.hints(true);
	await servers.up();
	const faults = await room.faults();
	if (name === 'terminate')
		for (const code of room.typists.flatMap(({ closeCodes }) => closeCodes))
			if (code !== CLOSE_RESTART) faults.push(`closed with ${code}`);
	return { ms, faults: faults.map((fault) => `${name}: ${fault}`) };
}

/** One of the two at each node again; what they hear of closing from here on is the blow's. */
async function spread({ balancer, room: { typists } }: NodesRound): Promise<void> {
	const provider = typists[0]?.client.provider;
	const ws = balancer.uneven ? provider?.ws : undefined;
	ws?.close();
	if (ws) await until(() => provider?.ws !== ws);
	for (const { closeCodes } of typists) closeCodes.length = 0;
}
