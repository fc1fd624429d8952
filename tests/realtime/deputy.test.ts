import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { startWsServer, until } from '../support/realtime.ts';
import { Listener } from '../support/samtale-room.ts';
import { World } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

/** T03: a deputy's last moment ends their socket by itself; nobody changes anything then, and nobody hints. */

/** Long enough to join and write in. Milliseconds. */
const TID_MS = 3_000;

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

test('a deputy is closed when their time runs out, and not let in again; the others go on', async () => {
	const cast = await world.cast();
	const vikar = await world.person('vikar');
	const docId = await world.samtale(cast.veileder, cast.lis);
	const slutt = new Date(Date.now() + TID_MS);
	const relasjon = { lis_id: cast.lis.id, person_id: vikar.id, rolle: 'veileder', fra: world.past(5), til: slutt };
	await world.owner
		.insertInto('relasjon')
		.values({ id: randomUUID(), ...relasjon })
		.execute();
	await world.owner
		.insertInto('samtale_deltaker')
		.values({ samtale_id: docId, person_id: vikar.id, rolle: 'veileder', fra: world.past(5), til: slutt })
		.execute();

	const join = async (person: typeof vikar) =>
		new Listener(server.port, docId, await world.login(person), { params: { lagret: '1' } });
	const [deputy, lis] = [await join(vikar), await join(cast.lis)];
	await Promise.all([deputy.synced(), lis.synced()]);
	deputy.write('skrevet i tide');
	await deputy.committed();
	const closed = deputy.closed();

	expect(await closed).toBe(CLOSE.noAccess);
	expect(Date.now()).toBeGreaterThanOrEqual(slutt.getTime());
	expect(Date.now() - slutt.getTime()).toBeLessThan(5_000);
	lis.write('og videre');
	await lis.committed();
	await until(() => server.rooms.get(docId)?.connections.size === 1);

	const again = await join(vikar);
	expect(await again.closed()).toBe(CLOSE.noAccess);
	for (const client of [deputy, lis, again]) client.destroy();
}, 20_000);
