import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sql } from '#lib/server/db/pool.ts';
import { openTransaction, releaseHeld } from '../support/held.ts';
import { RawClient, startWsServer, until } from '../support/realtime.ts';
import { World } from '../support/world.ts';

let world: World;

beforeAll(async () => {
	world = await World.create();
});
afterEach(releaseHeld);
afterAll(() => world.destroy());

test.each(['//', '//:0', 'http://', '/samarbeid/%', '*', '/?'])(
	'an address like %s that no client would ask for is refused as if nobody were logged in',
	async (address) => {
		const server = await startWsServer(world.url);
		const client = await RawClient.at(server.port, address);
		expect(await client.closed).toBe(4401);
		await server.stop();
	}
);

test('who is being let in while the server stops is told to come back, like those who are in', async () => {
	const { lis, veileder } = await world.cast();
	const id = await world.samtale(veileder, lis);
	const server = await startWsServer(world.url);
	const held = await openTransaction(world.owner);
	await sql`lock table innsyn`.execute(held.trx);
	const client = await RawClient.open(server.port, id, await world.login(lis));
	await until(async () => {
		const { rows } = await sql`
			select 1 from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock' and application_name = 'lisk_ws'
		`.execute(world.owner);
		return rows.length > 0;
	});
	const stopped = server.stop();
	await held.release();
	expect(await client.closed).toBe(1012);
	await stopped;
});
