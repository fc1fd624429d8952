import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GYLDIG_MS } from '#lib/domain/invitasjon/invitasjon.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { handleInvitasjoner } from '#lib/server/jobs/handlers/invitasjoner.ts';
import { createLogger } from '#lib/server/log.ts';
import { insertInvitasjon, insertInvitasjonRoller, updateInvitasjon } from '#lib/server/queries/invitasjon.ts';
import { World, type Person } from '../support/world.ts';

/** Reminders of an invitation on day 3 and 14, and its end on day 30, as the worker carries them out. */

const DAG = 24 * 60 * 60 * 1000;

let world: World;
let worker: Db;
let lis: Person;
beforeAll(async () => {
	world = await World.create();
	worker = world.connect('lisk_worker');
	({ lis } = await world.cast());
});
afterAll(() => world.destroy());

const after = (days: number): Date => new Date(world.now.getTime() + days * DAG);
const run = (now: Date): Promise<void> =>
	handleInvitasjoner({
		...{ db: worker, now, log: createLogger('worker', 'silent'), inactivityMonths: 12 },
		postmann: { send: () => Promise.resolve() }
	});

async function invite(): Promise<string> {
	const id = randomUUID();
	const utloperAt = new Date(world.now.getTime() + GYLDIG_MS);
	await insertInvitasjon(world.web, {
		...{ id, lisId: lis.id, opprettetAv: lis.id, navn: 'Kari Nordby', epost: 'kari@example.test', sprak: 'nn' },
		...{ tokenHash: randomBytes(32), now: world.now, utloperAt, delTidligere: false }
	});
	await insertInvitasjonRoller(world.web, id, [
		{ rolle: 'veileder', til: null },
		{ rolle: 'supervisor', til: null }
	]);
	return id;
}

const mails = (id: string) => world.owner.selectFrom('epost').selectAll().where('objekt_id', '=', id).execute();
const status = async (id: string) =>
	(await world.owner.selectFrom('invitasjon').select('status').where('id', '=', id).executeTakeFirstOrThrow()).status;
const events = async (id: string) =>
	(await world.owner.selectFrom('hendelse').select('type').where('objekt_id', '=', id).orderBy('id').execute()).map(
		({ type }) => type
	);

test('it is reminded of on day 3 and day 14, once each however often the job comes, and ends on day 30', async () => {
	const id = await invite();
	const seen: [day: number, mails: number][] = [];
	for (const day of [0, 2.9, 3, 3.5, 13.9, 14, 20, 29.9, 30, 31]) {
		await Promise.all([run(after(day)), run(after(day))]);
		seen.push([day, (await mails(id)).length]);
	}
	expect(seen.map(([, count]) => count)).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2, 2]);
	expect(await mails(id)).toMatchObject([
		{ mal: 'invitasjon_purring', til_epost: 'kari@example.test', sprak: 'nn', hemmelig: null },
		{ mal: 'invitasjon_purring' }
	]);
	expect(await status(id)).toBe('utlopt');
	expect(await events(id)).toEqual(['invitasjon.purret', 'invitasjon.purret', 'invitasjon.utlopt']);
});

test('after an outage one reminder goes, not two', async () => {
	const id = await invite();
	await run(after(20));
	await run(after(21));
	expect(await mails(id)).toHaveLength(1);
});

test.each(['avslatt', 'ikke_meg', 'trukket'] as const)('one that is %s is left alone', async (answered) => {
	const id = await invite();
	await updateInvitasjon(world.web, id, { status: answered });
	await run(after(3));
	await run(after(40));
	expect(await mails(id)).toEqual([]);
	expect(await status(id)).toBe(answered);
});
