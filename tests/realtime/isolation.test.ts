import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeLagre } from '#lib/collab/messages.ts';
import { listRows } from '#lib/server/queries/collab.ts';
import { appendsWait, holdDocument, releaseHeld } from '../support/held.ts';
import { rendered } from '../support/log-state.ts';
import { RawClient, startWsServer, until } from '../support/realtime.ts';
import { faultsOf, heardByServer, Listener } from '../support/samtale-room.ts';
import { World, type Person } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

let world: World;
let server: WsServer;
let cast: Awaited<ReturnType<World['cast']>>;
const clients: Listener[] = [];

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	server = await startWsServer(world.url);
});
afterEach(async () => {
	for (const client of clients.splice(0)) client.destroy();
	await releaseHeld();
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

async function join(person: Person, docId: string): Promise<Listener> {
	const client = new Listener(server.port, docId, await world.login(person), { params: { lagret: '1' } });
	clients.push(client);
	return client;
}

async function two() {
	const docId = await world.samtale(cast.veileder, cast.lis);
	const [lis, veileder] = [await join(cast.lis, docId), await join(cast.veileder, docId)];
	await Promise.all([lis.synced(), veileder.synced()]);
	lis.write('innledning');
	await lis.committed();
	await until(() => veileder.text().includes('innledning'));
	return { docId, lis, veileder };
}

/** What a bare socket has been told of the document. */
function docOf(raw: RawClient): Y.Doc {
	const doc = new Y.Doc();
	for (const update of raw.updates()) Y.applyUpdate(doc, update);
	return doc;
}

describe('while an append is not committed', () => {
	test('its text reaches nobody: no SyncStep2 with it, no broadcast, no LAGRET; with the commit all have it', async () => {
		const { docId, lis, veileder } = await two();
		const held = await holdDocument(world, docId);
		lis.write('hemmelig');
		const acknowledged = lis.committed();
		await appendsWait(world);

		const joiner = await RawClient.open(server.port, docId, await world.login(cast.veileder));
		joiner.sync(0, Y.encodeStateVector(new Y.Doc()));
		const stock = await join(cast.veileder, docId);
		await until(() => server.rooms.get(docId)?.connections.size === 4);
		for (const ws of [joiner.ws, stock.provider.ws, veileder.provider.ws, lis.provider.ws]) await heardByServer({ ws });

		expect(rendered(docOf(joiner))).not.toContain('hemmelig');
		expect(stock.text()).not.toContain('hemmelig');
		expect(veileder.text()).not.toContain('hemmelig');
		expect(lis.saved).toBe(1);

		await held.release();
		await acknowledged;
		await until(() => rendered(docOf(joiner)).includes('hemmelig'));
		joiner.ws.close();
		expect(await faultsOf(world, docId, [lis, veileder, stock], ['innledning', 'hemmelig'])).toEqual([]);
	});

	test('one who joins before the first word gets nothing of it either, and everything once', async () => {
		const docId = await world.samtale(cast.veileder, cast.lis);
		const lis = await join(cast.lis, docId);
		await lis.synced();
		const held = await holdDocument(world, docId);
		for (const word of ['en', 'to', 'tre']) lis.write(`${word}-ord`, 'forberedelse');
		await appendsWait(world);
		const veileder = await join(cast.veileder, docId);
		await until(() => server.rooms.get(docId)?.connections.size === 2);
		await heardByServer(veileder.provider);
		expect(veileder.fragment('forberedelse').length).toBe(0);
		await held.release();
		await veileder.synced();
		await lis.committed();
		expect(await faultsOf(world, docId, [lis, veileder], ['en-ord', 'to-ord', 'tre-ord'])).toEqual([]);
	});

	test('LAGRET comes in order, after the commit, and names a row that covers all that was sent before', async () => {
		const { docId, lis, veileder } = await two();
		const held = await holdDocument(world, docId);
		for (let v = 10; v < 20; v++) {
			lis.write(`ord-${v}-`, v % 2 === 0 ? 'referat' : 'forberedelse');
			lis.provider.ws?.send(encodeLagre(v));
			if (v === 12) await appendsWait(world);
			if (v === 15) await heardByServer(lis.provider);
		}
		// The veileder has nothing unsaved, but what they see may hang on what is under way.
		veileder.provider.ws?.send(encodeLagre(30));
		await heardByServer(veileder.provider);
		expect(lis.saved).toBe(1);
		expect(veileder.saved).toBe(0);
		await held.release();
		await until(() => lis.saved === 19 && veileder.saved === 30);

		const answers = lis.heard.flatMap((message) => (message.kind === 'lagret' && message.v >= 10 ? [message] : []));
		expect(answers.map(({ v }) => v)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
		for (const { v, seq } of answers) {
			const doc = new Y.Doc();
			for (const row of await listRows(world.owner, docId, 0, seq)) Y.applyUpdate(doc, row.upd);
			for (let before = 10; before <= v; before++) expect(rendered(doc)).toContain(`ord-${before}-`);
		}
	});

	test('two tabs of one person: each has its own rows and its own acknowledgement, and one that is closed takes nothing along', async () => {
		const { docId, lis } = await two();
		const tab = await join(cast.lis, docId);
		await tab.synced();
		const held = await holdDocument(world, docId);
		lis.write('fra den ene');
		await appendsWait(world);
		tab.write('fra den andre');
		await heardByServer(tab.provider);
		// Closed before anything of it is committed: what it had sent is.
		tab.destroy();
		await until(() => server.rooms.get(docId)?.connections.size === 2);
		await held.release();
		await lis.committed();
		await until(() => lis.text().includes('fra den andre'));
		expect(await faultsOf(world, docId, [lis], ['fra den ene', 'fra den andre'])).toEqual([]);
		const rows = await world.owner
			.selectFrom('collab_update')
			.select(['user_id', 'conn_id'])
			.where('doc_id', '=', docId)
			.where('kind', '=', 'edit')
			.execute();
		expect(new Set(rows.map(({ user_id }) => user_id))).toEqual(new Set([cast.lis.id]));
		expect(new Set(rows.map(({ conn_id }) => conn_id)).size).toBe(2);
	});
});
