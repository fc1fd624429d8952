import { setTimeout as delay } from 'node:timers/promises';
import { sql } from '#lib/server/db/pool.ts';
import { startBalancer } from './balancer.ts';
import { faultsOfLog } from './log-state.ts';
import { seededRandom, type Random } from './random.ts';
import { Client, until } from './realtime.ts';
import { Servers } from './servers.ts';
import type { Memory } from './tell-memory.ts';
import type { World } from './world.ts';

const NODES = 2;
/** Samtaler that one LIS has: the share of a server that one person may take is bounded. */
const PER_LIS = 5;
/** One of those in a samtale comes or goes this often, and one types. Milliseconds. */
const COME_AND_GO_MS = 200;
const KEY_MS = 20;

export type SoakOptions = {
	documents: number;
	waves: number;
	waveMs: number;
	seed: number;
	onWave?: (wave: Wave) => void;
};

/** One working day: everybody comes, types, comes and goes, and leaves; one node is restarted in its middle. */
export type Wave = {
	/** Rows in all logs by then. */
	rows: number;
	/** Milliseconds from a key to LAGRET, 95th percentile. */
	p95: number;
	/** Until every document was unloaded, its last state written down, after everybody had left. Milliseconds. */
	unloadedMs: number;
	/** What the node that is never restarted holds then. */
	memory: Memory;
};

type Seat = { docId: string; token: string };

/** R13: three pages in each of many samtaler over two nodes, wave after wave. */
export async function drillSoak(world: World, options: SoakOptions): Promise<{ waves: Wave[]; faults: string[] }> {
	const random = seededRandom(options.seed);
	const seats = await seatsOf(world, options.documents);
	const servers = await Servers.start(world.url, NODES);
	const balancer = await startBalancer(servers.ports);
	const waves: Wave[] = [];
	try {
		for (let number = 1; number <= options.waves; number++) {
			const p95 = await typeTogether(seats, balancer.port, random, options.waveMs, () => servers.restart(1));
			const start = performance.now();
			await until(async () => (await delay(100), (await notWrittenDown(world)) === 0));
			const unloadedMs = performance.now() - start;
			const [memory] = await servers.memory();
			if (!memory) throw new Error('no node');
			const wave = { rows: await countRows(world), p95, unloadedMs, memory };
			options.onWave?.(wave);
			waves.push(wave);
		}
		const faults: string[] = [];
		for (const docId of new Set(seats.map((seat) => seat.docId)))
			faults.push(...(await faultsOfLog(world.owner, docId)));
		return { waves, faults };
	} finally {
		await balancer.stop();
		await servers.stop();
	}
}

/** The LIS with one page, the veileder with two. */
async function seatsOf(world: World, documents: number): Promise<Seat[]> {
	const seats: Seat[] = [];
	for (let i = 0; i < documents; i += PER_LIS) {
		const { lis, veileder } = await world.cast();
		const tokens = [await world.login(lis), await world.login(veileder), await world.login(veileder)];
		for (let j = i; j < Math.min(i + PER_LIS, documents); j++) {
			const docId = await world.samtale(veileder, lis);
			seats.push(...tokens.map((token) => ({ docId, token })));
		}
	}
	return seats;
}

/** One wave; returns the 95th percentile of a key's way to LAGRET. Whoever leaves has everything acknowledged before. */
async function typeTogether(
	seats: readonly Seat[],
	port: number,
	random: Random,
	ms: number,
	halfWay: () => Promise<void>
): Promise<number> {
	const open = (seat: Seat) => new Client(port, seat.docId, seat.token, { params: { lagret: '1', epoke: '1' } });
	const clients = seats.map(open);
	await Promise.all(clients.map((client) => client.synced()));
	const took: number[] = [];
	const leaving: Promise<void>[] = [];
	const leave = async (client: Client) => {
		await client.synced();
		await client.committed();
		client.destroy();
	};
	const start = performance.now();
	let restart: Promise<void> | undefined;
	for (let tick = 0; performance.now() - start < ms; tick++) {
		const place = random.int(0, clients.length - 1);
		const [client, seat] = [clients[place], seats[place]];
		if (!client || !seat) continue;
		if (performance.now() - start > ms / 2) restart ??= halfWay();
		if (tick % (COME_AND_GO_MS / KEY_MS) === 0) {
			leaving.push(leave(client));
			clients[place] = open(seat);
		} else if (client.provider.synced) {
			type(client, random);
			const typed = performance.now();
			void client.committed().then(() => took.push(performance.now() - typed));
		}
		await delay(KEY_MS);
	}
	await Promise.all([restart, ...leaving, ...clients.map(leave)]);
	return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0;
}

function type(client: Client, random: Random): void {
	if (client.fragment().length === 0) return void client.write('ord ');
	const text = client.firstText();
	const at = random.int(0, text.length);
	if (text.length > 400 && random.chance(0.6)) text.delete(0, 5);
	else text.insert(at, 'ord ');
}

/** Documents whose last row is in no snapshot: who unloads a document writes one. */
async function notWrittenDown(world: World): Promise<number> {
	const { rows } = await sql<{ n: number }>`
		select count(*)::int as n from collab_doc d
		where d.head_seq > 1 and not exists (select 1 from collab_snapshot s where s.doc_id = d.id and s.seq = d.head_seq)
	`.execute(world.owner);
	return rows[0]?.n ?? 0;
}

async function countRows(world: World): Promise<number> {
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from collab_update`.execute(world.owner);
	return rows[0]?.n ?? 0;
}
