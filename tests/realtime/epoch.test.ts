import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { faultsOfLog, replay } from '../support/log-state.ts';
import { Client, startWsServer } from '../support/realtime.ts';
import { World } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

let world: World;
let server: WsServer;

beforeAll(async () => {
	world = await World.create();
	server = await startWsServer(world.url);
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

test('a backup was restored and the room has not looked yet: who comes with the new epoch writes, who has the old one is told', async () => {
	const { lis, veileder } = await world.cast();
	const id = await world.samtale(veileder, lis);
	const join = async (person: typeof lis, epoke: string) =>
		new Client(server.port, id, await world.login(person), { params: { lagret: '1', epoke } });
	const old = await join(lis, '1');
	await old.synced();
	old.write('fra kopien');
	await old.committed();
	const told = old.closed();
	await world.owner.updateTable('collab_doc').set({ epoch: 2 }).where('id', '=', id).execute();

	const fresh = await join(veileder, '2');
	const shutOut: number[] = [];
	void fresh.closed().then((code) => shutOut.push(code));
	await fresh.synced();
	expect(await told).toBe(CLOSE.otherEpoch);
	fresh.write('og videre');
	await fresh.committed();
	expect(shutOut).toEqual([]);
	const late = await join(lis, '1');
	expect(await late.closed()).toBe(CLOSE.otherEpoch);
	expect((await replay(world.owner, id)).getXmlFragment('referat').toString()).toContain('og videre');
	expect(fresh.text()).toContain('fra kopien');
	expect(await faultsOfLog(world.owner, id)).toEqual([]);
	for (const client of [old, fresh, late]) client.destroy();
});
