import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { appendsWait, holdDocument, releaseHeld } from '../support/held.ts';
import { Client, startWsServer, until } from '../support/realtime.ts';
import { World, type Person } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

let world: World;
let server: WsServer;
let cast: Awaited<ReturnType<World['cast']>>;
const clients: Client[] = [];

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	server = await startWsServer(world.url);
});
afterEach(async () => {
	await releaseHeld();
	for (const client of clients.splice(0)) client.destroy();
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

async function join(person: Person, docId: string): Promise<Client> {
	const client = new Client(server.port, docId, await world.login(person), { params: { lagret: '1', epoke: '1' } });
	clients.push(client);
	await client.synced();
	return client;
}

/** The two in a samtale, who see each other; and where the one sees the other one's cursor. */
async function both() {
	const docId = await world.samtale(cast.veileder, cast.lis);
	const [lis, veileder] = [await join(cast.lis, docId), await join(cast.veileder, docId)];
	const { awareness } = veileder.provider;
	await until(() => awareness.getStates().has(lis.doc.clientID));
	const seen = () => awareness.getStates().get(lis.doc.clientID)?.['cursor'] as unknown;
	const move = (clock: number) => {
		const at = { tname: null, item: { client: lis.doc.clientID, clock }, assoc: 0 };
		lis.provider.awareness.setLocalStateField('cursor', { anchor: at, head: at });
	};
	return { docId, lis, veileder, seen, move };
}

test('a cursor is not told of before the text that it stands in', async () => {
	const { docId, lis, veileder, seen, move } = await both();
	const held = await holdDocument(world, docId);
	lis.write('holdt tilbake');
	move(3);
	await appendsWait(world);
	move(5);
	expect([seen(), veileder.text()]).toEqual([undefined, '']);

	const textThen: string[] = [];
	veileder.provider.awareness.on('change', () => textThen.push(veileder.text()));
	await held.release();
	await until(() => seen() !== undefined);
	// Of what is past only the last is told.
	expect(seen()).toMatchObject({ head: { item: { clock: 5 } } });
	expect(textThen).toEqual(['<paragraph>holdt tilbake</paragraph>']);
	await lis.committed();
	move(7);
	await until(() => textThen.length === 2);
});

test('whoever leaves before that has left, and is not shown again', async () => {
	const { docId, lis, veileder, seen, move } = await both();
	const held = await holdDocument(world, docId);
	lis.write('holdt tilbake');
	move(3);
	await appendsWait(world);
	lis.provider.disconnect();
	const states = veileder.provider.awareness.getStates();
	await until(() => !states.has(lis.doc.clientID));
	await held.release();
	await until(() => veileder.text().includes('holdt tilbake'));
	veileder.write('etterpå');
	await veileder.committed();
	expect([states.has(lis.doc.clientID), seen()]).toEqual([false, undefined]);
});
