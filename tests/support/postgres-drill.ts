import { setTimeout as delay } from 'node:timers/promises';
import { createDrillDatabase, startDrillCluster, type DrillCluster } from './cluster.ts';
import { createPair, DrillRoom } from './drill-room.ts';
import type { DrillOptions, DrillReport } from './kill-drill.ts';
import { seededRandom, type Random } from './random.ts';
import { World } from './world.ts';
import { startWsProcess, type WsProcess } from './ws-process.ts';

/** The blow falls after this many milliseconds of typing, at the latest; the database is away about as long. */
const TYPING_MS = 400;
const ROUNDS_PER_DOCUMENT = 10;
const UNAVAILABLE = 503;

/**
 * PostgreSQL, with fsync on, is stopped at once under writes (by turns as by a power cut and by kill -9) and started again. The
 * server must live on and come back by itself. The clients type on, or are thrown away with their documents: it falls as it falls.
 */
export async function drillPostgres({ rounds, seed, onRound }: DrillOptions): Promise<DrillReport> {
	const random = seededRandom(seed);
	const cluster = await startDrillCluster();
	const world = await World.create({ url: await createDrillDatabase(cluster) });
	const report: DrillReport = { faults: [], words: 0, acknowledged: 0, slowestMs: 0 };
	try {
		const pair = await createPair(world);
		const server = await startWsProcess(world.url);
		let room = await DrillRoom.create(world, pair, random);
		await room.join(server.port);
		for (let round = 1; round <= rounds; round++) {
			const { ms, faults } = await strike(room, server, cluster, random, round);
			report.slowestMs = Math.max(report.slowestMs, ms);
			report.faults.push(...faults.map((fault) => `seed ${seed}, round ${round}: ${fault}`));
			if (round % ROUNDS_PER_DOCUMENT === 0 || round === rounds) {
				report.words += room.ledger.words;
				report.acknowledged += room.ledger.acknowledged;
				await room.leave();
				room = await DrillRoom.create(world, pair, random);
				await room.join(server.port);
			}
			onRound?.(round, report);
		}
		await room.leave();
		await server.terminate();
		return report;
	} finally {
		await world.destroy();
		await cluster.remove();
	}
}

async function strike(room: DrillRoom, server: WsProcess, cluster: DrillCluster, random: Random, round: number) {
	room.start();
	await delay(random.int(1, TYPING_MS));
	await (round % 2 === 0 ? cluster.kill9() : cluster.stopImmediate());
	const faults: string[] = [];
	const thrownAway = random.chance(0.5);
	if (thrownAway) await room.leave();
	const away = await server.readyz();
	if (away.status !== UNAVAILABLE) faults.push(`/readyz without a database: ${away.status} ${away.body}`);
	await delay(random.int(1, TYPING_MS));
	await cluster.start();
	const start = performance.now();
	if (thrownAway) await room.join(server.port);
	await room.stop();
	await room.settle();
	const ms = performance.now() - start;
	if (server.ending) return { ms, faults: [...faults, `ws-server ended: ${server.output()}`] };
	const well = await server.readyz();
	if (well.status !== 200) faults.push(`/readyz with the database back: ${well.status} ${well.body}`);
	return { ms, faults: [...faults, ...(await room.faults())] };
}
