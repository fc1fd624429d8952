import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { bindClient } from '#lib/server/queries/collab.ts';
import { sql } from '#lib/server/db/pool.ts';
import { openTransaction, releaseHeld } from '../support/held.ts';
import { until } from '../support/realtime.ts';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterEach(releaseHeld);
afterAll(() => world.destroy());

test('a clientID that is bound for presence while its first word is appended: neither waits for the other', async () => {
	const { lis, veileder } = await world.cast();
	const docId = await world.samtale(veileder, lis);
	const append = await openTransaction(world.owner);
	await sql`select 1 from collab_doc where id = ${docId} for update`.execute(append.trx);

	const clientId = 77;
	const bound = bindClient(world.ws, docId, clientId, lis.id);
	await until(async () => {
		const { rows } = await sql`
			select 1 from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock' and query like '%collab_bind%' and pid <> pg_backend_pid()
		`.execute(world.owner);
		return rows.length > 0;
	});
	await sql`insert into collab_client (doc_id, client_id, user_id) values (${docId}, ${clientId}, ${lis.id}) on conflict do nothing`.execute(
		append.trx
	);
	await append.release();
	expect(await bound).toBe(lis.id);
});
