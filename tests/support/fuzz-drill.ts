import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeLagre } from '#lib/collab/messages.ts';
import { HOSTILE } from '../../ws-server/validate/hostile.ts';
import { faultsOfLog } from './log-state.ts';
import { seededRandom, type Random } from './random.ts';
import { RawClient, until } from './realtime.ts';
import { Listener } from './samtale-room.ts';
import type { World } from './world.ts';
import type { Memory } from './tell-memory.ts';
import { startWsProcess } from './ws-process.ts';

/** Sockets that attack at once. */
const ATTACKERS = 4;
/** Keys that a bystander presses for a measure, at least and at most, and the pause between two. */
const KEYS = 60;
const MOST_KEYS = 400;
const KEY_PAUSE_MS = 20;

export type FuzzReport = {
	faults: string[];
	/** Milliseconds from a key to LAGRET for somebody in another samtale, 95th percentile: before and after the attack together, and for as long as it lasts. */
	quietP95: number;
	attackedP95: number;
	/** Keys in the attacked measure. */
	attackedKeys: number;
	/** What the server holds after the first tenth of the attack, and after all of it. */
	early: Memory;
	late: Memory;
	/** Sockets that were closed for what they sent. */
	closed: number;
};

/** One of the two of a samtale sends so many damaged, hostile and random frames, while others write in another. */
export async function drillFuzz(world: World, { frames, seed }: { frames: number; seed: number }): Promise<FuzzReport> {
	const random = seededRandom(seed);
	const { lis, veileder } = await world.cast();
	const [attacked, other] = [await world.samtale(veileder, lis), await world.samtale(veileder, lis)];
	const server = await startWsProcess(world.url);
	const bystander = new Listener(server.port, other, await world.login(veileder), { params: { lagret: '1' } });
	const witness = new Listener(server.port, attacked, await world.login(veileder), { params: { lagret: '1' } });
	await Promise.all([bystander.synced(), witness.synced()]);
	witness.write('innledning');
	await witness.committed();
	const token = await world.login(lis);
	const before = await typeAndMeasure(bystander);

	let [left, closed] = [frames, 0];
	let early: Promise<Memory> | undefined;
	const attack = async (): Promise<void> => {
		while (left > 0) {
			const raw = await RawClient.open(server.port, attacked, token);
			raw.sync(0, Y.encodeStateVector(new Y.Doc()));
			await Promise.race([raw.closed, until(() => raw.updates().length > 0)]);
			// One whose presence is not shown is bound to no clientID; some bring a state of their own first.
			while (left > 0 && raw.ws.readyState === raw.ws.OPEN) {
				left -= 1;
				raw.ws.send(frame(random, witness.doc));
				if (left === Math.floor(frames * 0.9)) early = server.memory();
				if (raw.ws.bufferedAmount > 65_536 || left % 16 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
			}
			if (raw.ws.readyState !== raw.ws.OPEN) closed += 1;
			raw.ws.close();
			await raw.closed;
		}
	};
	let over = false;
	const attacks = Promise.all(Array.from({ length: ATTACKERS }, attack)).finally(() => (over = true));
	const during = await typeAndMeasure(bystander, () => over);
	await attacks;
	const after = await typeAndMeasure(bystander);

	witness.write('etterpå');
	await witness.committed();
	// What was refused is written down after its author is told.
	const late = await server.memory();
	const faults = [...(await faultsOfLog(world.owner, attacked)), ...(await faultsOfLog(world.owner, other))];
	for (const word of ['innledning', 'etterpå']) if (!witness.text().includes(word)) faults.push(`${word} is gone`);
	if (server.ending) faults.push(`the server ended: ${server.output()}`);
	if (/could not be applied|room failed|room cannot be built/.test(server.output())) faults.push(server.output());
	bystander.destroy();
	witness.destroy();
	const { code } = await server.terminate();
	if (code !== 0) faults.push(`ended with ${code}`);
	return {
		...{ faults, early: (await early) ?? late, late, closed },
		...{ quietP95: p95([...before, ...after]), attackedP95: p95(during), attackedKeys: during.length }
	};
}

/** Milliseconds that each key took to be saved, until it is over, or some keys were pressed; never for more than the most. */
async function typeAndMeasure(client: Listener, isOver: () => boolean = () => true): Promise<number[]> {
	const took: number[] = [];
	while (took.length < KEYS || (!isOver() && took.length < MOST_KEYS)) {
		const start = performance.now();
		client.write('x');
		await client.committed();
		took.push(performance.now() - start);
		await new Promise((resolve) => setTimeout(resolve, KEY_PAUSE_MS));
	}
	return took;
}

function p95(took: readonly number[]): number {
	return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0;
}

/** Mostly updates, hostile or damaged; sometimes anything. */
function frame(random: Random, doc: Y.Doc): Uint8Array {
	const kind = random.int(0, 9);
	if (kind === 0) return Uint8Array.from({ length: random.int(0, 40) }, () => random.int(0, 255));
	if (kind === 1) return damaged(random, encodeLagre(random.int(0, 2 ** 30)));
	const update = kind < 5 ? (random.pick(HOSTILE)?.bytes ?? new Uint8Array()) : Y.encodeStateAsUpdate(doc);
	// The large ones of the corpus, only now and then: what they cost is bounded by the budget.
	const some = update.length > 10_000 && !random.chance(0.05) ? update.subarray(0, 200) : update;
	return kind < 3 ? wrapped(random, some) : wrapped(random, damaged(random, some));
}

function wrapped(random: Random, update: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 0);
	encoding.writeVarUint(encoder, random.int(0, 2));
	encoding.writeVarUint8Array(encoder, update);
	return encoding.toUint8Array(encoder);
}

function damaged(random: Random, bytes: Uint8Array): Uint8Array {
	const copy = Uint8Array.from(bytes);
	for (let i = random.int(0, 3); i > 0 && copy.length > 0; i--)
		copy[random.int(0, copy.length - 1)] = random.int(0, 255);
	return random.chance(0.1) ? copy.subarray(0, random.int(0, copy.length)) : copy;
}
