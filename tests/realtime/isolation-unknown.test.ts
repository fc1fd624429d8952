import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sql } from '#lib/server/db/pool.ts';
import { appendsWait, buildCommitGate, closeCommitGate, releaseHeld } from '../support/held.ts';
import { replay, rendered } from '../support/log-state.ts';
import { startPgProxy, type PgProxy } from '../support/pg-proxy.ts';
import { startWsServer, until } from '../support/realtime.ts';
import { authors, faultsOf, Listener, occurrences } from '../support/samtale-room.ts';
import { World } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

/** Appends of which the server cannot know what became: neither lost nor doubled, and never told before they are committed. */
let world: World;
let proxy: PgProxy;
let server: WsServer;
let cast: Awaited<ReturnType<World['cast']>>;
const clients: Listener[] = [];

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	await buildCommitGate(world);
	proxy = await startPgProxy(world.url);
	server = await startWsServer(proxy.url);
});
afterEach(async () => {
	for (const client of clients.splice(0)) client.destroy();
	await releaseHeld();
});
afterAll(async () => {
	await server.stop();
	await proxy.stop();
	await world.destroy();
});

async function two() {
	const docId = await world.samtale(cast.veileder, cast.lis);
	const params = { lagret: '1' };
	const lis = new Listener(server.port, docId, await world.login(cast.lis), { params });
	const veileder = new Listener(server.port, docId, await world.login(cast.veileder), { params });
	clients.push(lis, veileder);
	await Promise.all([lis.synced(), veileder.synced()]);
	lis.write('innledning');
	await lis.committed();
	return { docId, lis, veileder };
}

/** All are where they should be, with one row for the word. */
async function expectOnce(docId: string, both: Listener[], word: string): Promise<void> {
	expect(await faultsOf(world, docId, both, ['innledning', word])).toEqual([]);
	expect(await authors(world, docId)).toEqual([cast.lis.id, cast.lis.id]);
	// The sockets never knew of it.
	expect(both.every(({ provider }) => provider.wsUnsuccessfulReconnects === 0)).toBe(true);
}

test('the database session is ended before the commit: the edit is appended again', async () => {
	const { docId, lis, veileder } = await two();
	const gate = await closeCommitGate(world);
	lis.write('avbrutt');
	const acknowledged = lis.committed();
	const [pid] = await appendsWait(world);
	await sql`select pg_terminate_backend(${pid})`.execute(world.owner);
	// The second try stands at the same gate.
	await until(async () => (await appendsWait(world))[0] !== pid);
	expect(occurrences(veileder, 'avbrutt')).toBe(0);
	expect(lis.saved).toBe(1);
	await gate.release();
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'avbrutt');
});

test('the commit is done and its answer is lost: the edit is found in the log, told, and acknowledged', async () => {
	const { docId, lis, veileder } = await two();
	const gate = await closeCommitGate(world);
	lis.write('uten svar');
	const acknowledged = lis.committed();
	await appendsWait(world);
	proxy.holdAnswers();
	await gate.release();
	await until(async () => rendered(await replay(world.owner, docId)).includes('uten svar'));
	expect(occurrences(veileder, 'uten svar')).toBe(0);
	expect(lis.saved).toBe(1);
	proxy.cut();
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'uten svar');
});

test('the connection breaks and the append is committed after the server has begun anew: still once', async () => {
	const { docId, lis, veileder } = await two();
	const gate = await closeCommitGate(world);
	lis.write('etternøler');
	const acknowledged = lis.committed();
	await appendsWait(world);
	proxy.cut();
	// The first one is at the gate, the second waits for the row that the first one has locked.
	await appendsWait(world, 2);
	expect(occurrences(veileder, 'etternøler')).toBe(0);
	expect(lis.saved).toBe(1);
	await gate.release();
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'etternøler');
});

test('a database that can be read but not written is asked less and less often, and does its work once it can', async () => {
	const { docId, lis, veileder } = await two();
	await sql`create sequence forsok`.execute(world.owner);
	await sql`create function full_disk() returns trigger language plpgsql as $$
		begin perform nextval('forsok'); raise exception 'no space' using errcode = '53100'; end $$`.execute(world.owner);
	await sql`grant usage on sequence forsok to public`.execute(world.owner);
	await sql`create trigger full_disk before insert on collab_update for each row execute function full_disk()`.execute(
		world.owner
	);
	const start = performance.now();
	lis.write('full disk');
	const acknowledged = lis.committed();
	await until(async () => (await tries()) >= 6);
	// Pauses of 50, 100, 200 and 400 ms stand between the second and the sixth try.
	expect(performance.now() - start).toBeGreaterThan(700);
	expect(occurrences(veileder, 'full disk')).toBe(0);
	expect(lis.saved).toBe(1);
	await sql`drop trigger full_disk on collab_update`.execute(world.owner);
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'full disk');
});

async function tries(): Promise<number> {
	const { rows } = await sql<{ n: number }>`select last_value as n from forsok`.execute(world.owner);
	return rows[0]?.n ?? 0;
}
