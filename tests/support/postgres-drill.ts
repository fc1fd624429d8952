import { setTimeout as delay } from 'node:timers/promises';
import { createDrillDatabase, startDrillCluster, type DrillCluster } from './cluster.ts';
import { playRounds, type DrillOptions, type DrillReport, type Outcome, type Round } from './drill-rounds.ts';
import { type } from './kill-drill.ts';
import { World } from './world.ts';
import { startWsProcess, type WsProcess } from './ws-process.ts';

/** The database is away for this many milliseconds, at the latest. */
const AWAY_MS = 400;
const ROUNDS_PER_DOCUMENT = 10;
const UNAVAILABLE = 503;

/**
 * PostgreSQL, with fsync on, is stopped at once under writes (by turns as by a power cut and by kill -9) and started again. The
 * server must live on and come back by itself. The clients type on, or are thrown away with their documents: it falls as it falls.
 */
export async function drillPostgres(options: DrillOptions): Promise<DrillReport> {
	const cluster = await startDrillCluster();
	const world = await World.create({ url: await createDrillDatabase(cluster) });
	try {
		const server = await startWsProcess(world.url);
		const report = await playRounds(world, options, {
			port: () => server.port,
			roundsPerDocument: ROUNDS_PER_DOCUMENT,
			strike: (round) => strike(round, server, cluster)
		});
		await server.terminate();
		return report;
	} finally {
		await world.destroy();
		await cluster.remove();
	}
}

async function strike({ room, random, round }: Round, server: WsProcess, cluster: DrillCluster): Promise<Outcome> {
	await type(room, random);
	await (round % 2 === 0 ? cluster.kill9() : cluster.stopImmediate());
	const faults: string[] = [];
	const thrownAway = random.chance(0.5);
	if (thrownAway) await room.leave();
	const away = await server.readyz();
	if (away.status !== UNAVAILABLE) faults.push(`/readyz without a database: ${away.status} ${away.body}`);
	await delay(random.int(1, AWAY_MS));
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
