import { afterAll, beforeAll, expect, test } from 'vitest';
import { finalize } from '../support/finished.ts';
import { rendered, replay } from '../support/log-state.ts';
import { Client, startWsServer } from '../support/realtime.ts';
import { World } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

let world: World;
let server: WsServer;

beforeAll(async () => {
	world = await World.create({ now: new Date(Date.now() - 3_600_000) });
	server = await startWsServer(world.url);
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

test('taking a mark away from a finished document only deletes, and is refused all the same: it shows', async () => {
	const { lis, veileder } = await world.cast();
	const id = await world.samtale(veileder, lis);
	const client = new Client(server.port, id, await world.login(lis), { params: { lagret: '1' } });
	await client.synced();
	client.write('fet skrift');
	client.firstText().format(0, 3, { bold: {} });
	await client.committed();
	await finalize(await world.ctx(veileder), id);
	const closed = client.closed();
	client.firstText().format(0, 3, { bold: null });
	expect(await closed).toBe(4423);
	expect(rendered(await replay(world.owner, id))).toContain('bold');
	client.destroy();
});
