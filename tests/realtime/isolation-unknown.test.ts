import { expect, test } from 'vitest';
import { sql } from '#lib/server/db/pool.ts';
import { appendsWait, buildCommitGate, closeCommitGate } from '../support/held.ts';
import { replay, rendered } from '../support/log-state.ts';
import { until } from '../support/realtime.ts';
import { authors, faultsOf, occurrences, type Listener } from '../support/samtale-room.ts';
import { setStage } from '../support/stage.ts';

/** Appends of which the server cannot know what became: neither lost nor doubled, and never told before they are committed. */
const stage = setStage({ proxied: true, prepare: buildCommitGate });

/** All are where they should be, with one row for the word. */
async function expectOnce(docId: string, both: Listener[], word: string): Promise<void> {
	expect(await faultsOf(stage.world, docId, both, ['innledning', word])).toEqual([]);
	expect(await authors(stage.world, docId)).toEqual([stage.cast.lis.id, stage.cast.lis.id]);
	// The sockets never knew of it.
	expect(both.every(({ provider }) => provider.wsUnsuccessfulReconnects === 0)).toBe(true);
}

test('the database session is ended before the commit: the edit is appended again', async () => {
	const { docId, lis, veileder } = await stage.two();
	const gate = await closeCommitGate(stage.world);
	lis.write('avbrutt');
	const acknowledged = lis.committed();
	const [pid] = await appendsWait(stage.world);
	await sql`select pg_terminate_backend(${pid})`.execute(stage.world.owner);
	// The second try stands at the same gate.
	await until(async () => (await appendsWait(stage.world))[0] !== pid);
	expect(occurrences(veileder, 'avbrutt')).toBe(0);
	expect(lis.saved).toBe(1);
	await gate.release();
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'avbrutt');
});

test('the commit is done and its answer is lost: the edit is found in the log, told, and acknowledged', async () => {
	const { docId, lis, veileder } = await stage.two();
	const gate = await closeCommitGate(stage.world);
	lis.write('uten svar');
	const acknowledged = lis.committed();
	await appendsWait(stage.world);
	stage.proxy.holdAnswers();
	await gate.release();
	await until(async () => rendered(await replay(stage.world.owner, docId)).includes('uten svar'));
	expect(occurrences(veileder, 'uten svar')).toBe(0);
	expect(lis.saved).toBe(1);
	stage.proxy.cut();
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'uten svar');
});

test('the connection breaks and the append is committed after the server has begun anew: still once', async () => {
	const { docId, lis, veileder } = await stage.two();
	const gate = await closeCommitGate(stage.world);
	lis.write('etternøler');
	const acknowledged = lis.committed();
	await appendsWait(stage.world);
	stage.proxy.cut();
	// The first one is at the gate, the second waits for the row that the first one has locked.
	await appendsWait(stage.world, 2);
	expect(occurrences(veileder, 'etternøler')).toBe(0);
	expect(lis.saved).toBe(1);
	await gate.release();
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'etternøler');
});

test('a database that can be read but not written is asked less and less often, and does its work once it can', async () => {
	const { docId, lis, veileder } = await stage.two();
	await sql`create sequence forsok`.execute(stage.world.owner);
	await sql`create function full_disk() returns trigger language plpgsql as $$
		begin perform nextval('forsok'); raise exception 'no space' using errcode = '53100'; end $$`.execute(stage.world.owner);
	await sql`grant usage on sequence forsok to public`.execute(stage.world.owner);
	await sql`create trigger full_disk before insert on collab_update for each row execute function full_disk()`.execute(
		stage.world.owner
	);
	const start = performance.now();
	lis.write('full disk');
	const acknowledged = lis.committed();
	await until(async () => (await tries()) >= 6);
	// Pauses of 50, 100, 200 and 400 ms stand between the second and the sixth try.
	expect(performance.now() - start).toBeGreaterThan(700);
	expect(occurrences(veileder, 'full disk')).toBe(0);
	expect(lis.saved).toBe(1);
	await sql`drop trigger full_disk on collab_update`.execute(stage.world.owner);
	await acknowledged;
	await expectOnce(docId, [lis, veileder], 'full disk');
});

async function tries(): Promise<number> {
	const { rows } = await sql<{ n: number }>`select last_value as n from forsok`.execute(stage.world.owner);
	return rows[0]?.n ?? 0;
}
