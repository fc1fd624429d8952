import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { HINT_PAUSE_MS, NODE_SILENT_MS } from './limits.ts';
import { payloadsOf, PeerNodes } from './peers.ts';
import type { PresenceEntry } from './wire.ts';

const log = pino({ level: 'silent' });

function who(clientId: number, cursor?: unknown): PresenceEntry {
	const user = { id: 'u', navn: 'Åse', name: 'Åse', farge: 1 };
	return { clientId, clock: 1, state: cursor === undefined ? { user } : { user, cursor } };
}

/** Nodes that hear each other, with what reached the rooms that they have open; `open`: documents of each. */
function network(...open: string[][]) {
	vi.useFakeTimers();
	let now = 0;
	const said: string[][] = [];
	const nodes = open.map((ids) => {
		const told: unknown[] = [];
		const room = (docId: string) => ({
			seq: 7,
			owe: (seq: number) => told.push(['owe', docId, seq]),
			audience: {
				ownPresence: () => [who(ids.length)],
				hearPresence: (_node: string, entry: PresenceEntry) => told.push(['who', docId, entry.clientId]),
				forgetNode: () => told.push(['forget', docId]),
				forgetSilent: () => undefined
			}
		});
		const reached = {
			ids: () => ids,
			get: (docId: string) => (ids.includes(docId) ? room(docId) : undefined),
			lookAtAll: () => void told.push(['all'])
		};
		const send = (payloads: string[]): Promise<void> => {
			said.push(payloads);
			for (const payload of payloads) for (const { peers } of nodes) peers.hear(payload);
			return Promise.resolve();
		};
		return { told, peers: new PeerNodes(send, () => reached, { log, now: () => now }) };
	});
	const wait = (ms: number): Promise<unknown> => {
		now += ms;
		return vi.advanceTimersByTimeAsync(ms);
	};
	return { nodes, said, wait };
}

describe('PeerNodes', () => {
	it('a node speaks of a document only when another has said that it has it too', async () => {
		const { nodes, said, wait } = network(['a', 'b'], ['b', 'c', 'd']);
		const [first, second] = nodes;
		first?.peers.committed('a', 2);
		first?.peers.committed('b', 2);
		first?.peers.present('b', [who(5)]);
		await wait(HINT_PAUSE_MS);
		expect(said).toEqual([]);
		first?.peers.opened('b');
		await wait(HINT_PAUSE_MS * 3);
		expect(first?.told).toEqual([
			['owe', 'b', 7],
			['who', 'b', 3]
		]);
		first?.peers.committed('a', 3);
		first?.peers.committed('b', 8);
		first?.peers.committed('b', 9);
		first?.peers.present('b', [who(5), who(6)]);
		first?.peers.present('b', [who(5, { anchor: 1, head: 1 })]);
		await wait(HINT_PAUSE_MS);
		expect(second?.told).toEqual([
			['who', 'b', 2],
			['owe', 'b', 9],
			['who', 'b', 5],
			['who', 'b', 6]
		]);
	});

	it('a node that has said nothing for long has gone, and everybody who was there; a living one says so', async () => {
		const { nodes, wait } = network(['a'], ['a']);
		const [first, second] = nodes;
		first?.peers.opened('a');
		await wait(HINT_PAUSE_MS * 3);
		await wait(NODE_SILENT_MS - 1_000);
		second?.peers.beat();
		await wait(2_000);
		first?.peers.beat();
		expect(first?.told).not.toContainEqual(['forget', 'a']);
		await wait(NODE_SILENT_MS + 1);
		first?.peers.beat();
		expect(first?.told).toContainEqual(['forget', 'a']);
	});

	it('of very many documents it is only said that all are to be looked at', async () => {
		const ids = Array.from({ length: 600 }, (_, i) => `d${i}`);
		const { nodes, wait } = network(ids, ids);
		const [first, second] = nodes;
		for (const id of ids) first?.peers.opened(id);
		await wait(HINT_PAUSE_MS * 3);
		second?.told.splice(0);
		for (const id of ids) first?.peers.committed(id, 9);
		await wait(HINT_PAUSE_MS);
		expect(second?.told).toEqual([['all']]);
	});

	it('what is not understood is no harm', () => {
		const { nodes } = network(['a'], ['a']);
		for (const payload of ['', '[', '{}', '["x",null]', '["x",["who","a",null]]', '["x",["hva","a"]]'])
			expect(() => nodes[0]?.peers.hear(payload)).not.toThrow();
	});
});

describe('payloadsOf', () => {
	it('keeps each under 8,000 bytes, loses nothing that fits into one, and has nothing to say of nothing', () => {
		const facts = Array.from({ length: 500 }, (_, i) => ['who', `dokument-${i}`, who(i, 'å'.repeat(i % 900))] as const);
		const payloads = payloadsOf('node', [...facts, ['who', 'for-stor', who(0, 'x'.repeat(8_000))], ['alive']] as never);
		expect(payloads.every((payload) => Buffer.byteLength(payload) < 8_000)).toBe(true);
		const read = payloads.flatMap((payload) => (JSON.parse(payload) as unknown[]).slice(1));
		expect(read).toEqual([...facts, ['alive']]);
		expect(payloadsOf('node', [])).toEqual([]);
	});
});
