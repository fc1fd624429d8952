import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from '#lib/server/db/pool.ts';
import { seedLoadWorld } from '#lib/server/demo/load-world.ts';
import { seedDemoWorld } from '#lib/server/demo/seed.ts';
import { verifySignerte } from '#lib/server/verify/signert.ts';
import { World } from '../support/world.ts';

let world: World;
const now = new Date('2026-11-22T10:00:00Z');

beforeAll(async () => {
	world = await World.create({ now });
	await seedDemoWorld(world.owner, { now, password: 'demo-passord-2026', pidKey: new Uint8Array(32).fill(1) });
});
afterAll(() => world.destroy());

async function count(tabell: string, brukernavn: string): Promise<Record<string, number>> {
	const { rows } = await sql<{ status: string; antall: number }>`
		select t.status, count(*)::int as antall from ${sql.table(tabell)} t join bruker b on b.id = t.lis_id
		where b.brukernavn like ${brukernavn} group by t.status
	`.execute(world.owner);
	return Object.fromEntries(rows.map(({ status, antall }) => [status, antall]));
}

test('the demo world has something to do and something done in every state', async () => {
	expect(Object.keys(await count('laeringsaktivitet', 'lis')).sort()).toEqual(
		['kladd', 'registrert', 'sendt', 'signert', 'underkjent'].sort()
	);
	expect(await count('maloppnaelse', 'lis')).toEqual({
		...{ godkjent: 4, sendt: 2, sendt_tilbake: 1, trukket: 1, underkjent: 1 }
	});
	expect(await count('maloppnaelse', 'lis2')).toEqual({ godkjent: 1, sendt: 1 });
	expect(await count('plan_tildeling', 'lis%')).toEqual({ paabegynt: 2 });
	expect(await count('plan_tildeling', 'ferdig%')).toEqual({ delt: 2 });
	const events = await sql<{ orden: boolean }>`
		select coalesce(bool_and(at >= forrige), true) as orden from (
			select at, lag(at) over (partition by lis_id order by id) as forrige from hendelse where request_id = 'seed' and lis_id is not null) h
		where forrige is not null
	`.execute(world.owner);
	expect(events.rows).toEqual([{ orden: true }]);
});

test('the load world has plans with history, stands when it is made again, and what is signed in it verifies', async () => {
	const options = { lis: 80, now, password: 'demo-passord-2026' };
	await seedLoadWorld(world.owner, options);
	const first = await count('laeringsaktivitet', 'last-lis-%');
	expect(first['signert']).toBeGreaterThan(400);
	expect(await count('plan_tildeling', 'last-lis-%')).toEqual({ delt: 2, paabegynt: 78 });
	expect(Object.keys(await count('maloppnaelse', 'last-lis-%')).sort()).toEqual(
		['godkjent', 'sendt', 'sendt_tilbake', 'underkjent'].sort()
	);
	await seedLoadWorld(world.owner, options);
	expect(await count('laeringsaktivitet', 'last-lis-%')).toEqual(first);

	const faults: string[] = [];
	const seen = await verifySignerte(world.owner, null, 10_000, (id, fault) => faults.push(`${id}: ${fault}`));
	expect(seen.length).toBeGreaterThan(first['signert'] ?? 0);
	expect(faults).toEqual([]);
});
