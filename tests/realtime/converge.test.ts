import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { faultsOfLog, rendered, replay } from '../support/log-state.ts';
import { Client, startWsServer, until } from '../support/realtime.ts';
import { World } from '../support/world.ts';
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
afterEach(() => {
	for (const client of clients.splice(0)) client.destroy();
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

async function pair(options: { params?: Record<string, string> } = {}) {
	const id = await world.samtale(cast.veileder, cast.lis);
	const lis = new Client(server.port, id, await world.login(cast.lis), options);
	const veileder = new Client(server.port, id, await world.login(cast.veileder), options);
	clients.push(lis, veileder);
	await Promise.all([lis.synced(), veileder.synced()]);
	return { id, lis, veileder };
}

const equal = (a: Client, b: Client) => until(() => rendered(a.doc) === rendered(b.doc) && a.text() === b.text());

describe('two stock clients', () => {
	test('write in both parts at once and see the same; the log says the same', async () => {
		const { id, lis, veileder } = await pair({ params: { lagret: '1' } });
		for (let i = 0; i < 30; i++) {
			lis.write(`lis ${i}`, i % 2 ? 'referat' : 'forberedelse');
			veileder.write(`veileder ${i}`, i % 3 ? 'referat' : 'forberedelse');
		}
		await Promise.all([lis.committed(), veileder.committed()]);
		await equal(lis, veileder);
		expect(lis.fragment('referat').length + lis.fragment('forberedelse').length).toBe(60);
		expect(rendered(await replay(world.owner, id))).toBe(rendered(lis.doc));
		expect(await faultsOfLog(world.owner, id)).toEqual([]);
	});

	test('a joiner gets everything that is committed', async () => {
		const { id, lis } = await pair({ params: { lagret: '1' } });
		lis.write('første ord');
		await lis.committed();
		const third = new Client(server.port, id, await world.login(cast.veileder));
		clients.push(third);
		await third.synced();
		expect(third.text()).toContain('første ord');
	});

	test('the first word makes the samtale aktiv, with one event', async () => {
		const { id, lis } = await pair({ params: { lagret: '1' } });
		const status = () =>
			world.owner.selectFrom('samtale').select('status').where('id', '=', id).executeTakeFirstOrThrow();
		expect((await status()).status).toBe('planlagt');
		lis.write('ord');
		lis.write('flere ord');
		await lis.committed();
		expect((await status()).status).toBe('aktiv');
		const events = await world.owner
			.selectFrom('hendelse')
			.select(['type', 'aktor_id', 'aktor_rolle'])
			.where('objekt_id', '=', id)
			.where('type', '=', 'samtale.aktiv')
			.execute();
		expect(events).toEqual([{ type: 'samtale.aktiv', aktor_id: cast.lis.id, aktor_rolle: 'lis' }]);
	});

	test('every row is stamped with the person who wrote it', async () => {
		const { id, lis, veileder } = await pair({ params: { lagret: '1' } });
		lis.write('fra lis');
		await lis.committed();
		veileder.write('fra veileder');
		await veileder.committed();
		const rows = await world.owner
			.selectFrom('collab_update')
			.select(['user_id', 'kind'])
			.where('doc_id', '=', id)
			.orderBy('seq')
			.execute();
		expect(rows).toEqual([
			{ user_id: cast.veileder.id, kind: 'init' },
			{ user_id: cast.lis.id, kind: 'edit' },
			{ user_id: cast.veileder.id, kind: 'edit' }
		]);
	});

	test('what was written without a network comes with the reconnection, once', async () => {
		const { id, lis, veileder } = await pair({ params: { lagret: '1' } });
		lis.write('før');
		await lis.committed();
		lis.provider.disconnect();
		await until(() => !lis.provider.wsconnected);
		for (const word of ['uten', 'nett']) lis.write(word);
		veileder.write('imens');
		lis.provider.connect();
		await lis.synced();
		await lis.committed();
		await veileder.committed();
		await equal(lis, veileder);
		expect(lis.fragment().length).toBe(4);
		expect(await faultsOfLog(world.owner, id)).toEqual([]);
	});
});

describe('readers write', () => {
	test('overlapping formatting and double deletion leave log = live; clean-ups are hidden as normalise', async () => {
		const { id, lis, veileder } = await pair({ params: { lagret: '1' } });
		lis.write('en to tre fire fem seks');
		await lis.committed();
		await equal(lis, veileder);
		for (let round = 0; round < 10; round++) {
			// Neither sees the other's before both have acted.
			lis.provider.disconnect();
			veileder.provider.disconnect();
			lis.firstText().format(0, 12, { bold: round % 2 === 0 ? {} : null });
			veileder.firstText().format(4, 12, { bold: round % 3 === 0 ? null : {} });
			lis.firstText().delete(2, 1);
			veileder.firstText().delete(2, 1);
			lis.firstText().insert(2, `${round}`);
			lis.provider.connect();
			veileder.provider.connect();
			await Promise.all([lis.synced(), veileder.synced()]);
			await Promise.all([lis.committed(), veileder.committed()]);
			await equal(lis, veileder);
		}
		const log = await replay(world.owner, id);
		await until(async () => rendered(await replay(world.owner, id)) === rendered(lis.doc));
		expect(rendered(log)).toBe(rendered(veileder.doc));
		expect(await faultsOfLog(world.owner, id)).toEqual([]);
		const live = server.rooms.get(id);
		expect(live && rendered(live.doc)).toBe(rendered(lis.doc));
	});

	test('a delete-only update that changes nothing to see is logged as normalise', async () => {
		const { id, lis, veileder } = await pair({ params: { lagret: '1' } });
		lis.write('en to tre fire fem seks');
		await lis.committed();
		await equal(lis, veileder);
		// The same mark by both: once merged, every replica drops what says the same twice.
		lis.provider.disconnect();
		lis.firstText().format(0, 5, { bold: {} });
		veileder.firstText().format(0, 5, { bold: {} });
		await veileder.committed();
		lis.provider.connect();
		await lis.synced();
		await lis.committed();
		await veileder.committed();
		await equal(lis, veileder);
		await until(async () => {
			const rows = await world.owner.selectFrom('collab_update').select('kind').where('doc_id', '=', id).execute();
			return rows.some(({ kind }) => kind === 'normalise');
		});
		expect(rendered(await replay(world.owner, id))).toBe(rendered(lis.doc));
	});
});

test('a room that nobody is in is unloaded with a snapshot, and comes back from it', async () => {
	const { id, lis } = await pair({ params: { lagret: '1' } });
	lis.write('varer');
	await lis.committed();
	for (const client of clients.splice(0)) client.destroy();
	await until(() => server.rooms.get(id)?.idle ?? false);
	await server.rooms.sweep(Date.now());
	await server.rooms.sweep(Date.now() + 60_000);
	expect(server.rooms.get(id)).toBeUndefined();
	const snapshot = await world.owner
		.selectFrom('collab_snapshot')
		.select('state_v2')
		.where('doc_id', '=', id)
		.executeTakeFirstOrThrow();
	const fromSnapshot = new Y.Doc();
	Y.applyUpdateV2(fromSnapshot, snapshot.state_v2);
	expect(rendered(fromSnapshot)).toBe(rendered(await replay(world.owner, id)));
	const again = new Client(server.port, id, await world.login(cast.lis));
	clients.push(again);
	await again.synced();
	expect(again.text()).toContain('varer');
});
