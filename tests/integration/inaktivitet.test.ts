import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dagINorge, oyeblikkINorge } from '#lib/domain/dager.ts';
import { plussDager } from '#lib/domain/inaktivitet.ts';
import { HINT_CHANNEL } from '#lib/server/db/hints.ts';
import { connectionOptions, sql, transaction, type Db } from '#lib/server/db/pool.ts';
import { handleInaktivitet, TILTAK_PER_KJORING } from '#lib/server/jobs/handlers/inaktivitet.ts';
import { createLogger } from '#lib/server/log.ts';
import { updateSistInnlogget } from '#lib/server/queries/bruker.ts';
import { insertBrukere } from '#lib/server/queries/synthetic-people.ts';
import { World, type Person } from '../support/world.ts';

let world: World;
let worker: Db;
const start = new Date('2026-01-10T09:00:00Z');

beforeEach(async () => {
	world = await World.create({ now: start });
	worker = world.connect('lisk_worker');
});
afterEach(() => world.destroy());

const run = (now: Date, db = worker): Promise<void> =>
	handleInaktivitet({
		...{
			db,
			now,
			log: createLogger('worker', 'silent'),
			inactivityMonths: 12,
			samtaleWeeks: 6,
			pidKey: new Uint8Array(32)
		},
		postmann: { send: () => Promise.resolve() }
	});
/** How many queries of this database wait for a lock. */
async function waiting(): Promise<number> {
	const { rows } = await sql<{ n: number }>`
		select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
	`.execute(world.owner);
	return rows[0]?.n ?? 0;
}
/** When the job comes by itself on a day. */
const runAt = (dag: string): Date => oyeblikkINorge(dag, '05:20');
const logIn = (person: Person, now: Date): Promise<void> =>
	transaction(world.web, (trx) => updateSistInnlogget(trx, person.id, now));
const status = async (person: Person): Promise<string> =>
	(await world.owner.selectFrom('bruker').select('status').where('id', '=', person.id).executeTakeFirstOrThrow())
		.status;
/** «day: kind» of every mail to a person. */
async function mails(person?: Person): Promise<string[]> {
	const rows = await world.owner
		.selectFrom('epost')
		.select(['mal', 'created_at'])
		.$if(person !== undefined, (q) => q.where('mottaker_id', '=', person?.id ?? ''))
		.orderBy('created_at')
		.execute();
	return rows.map(({ mal, created_at }) => `${dagINorge(created_at)}: ${mal}`);
}

test('two years, day by day, with both changes of the clock and three weeks without a worker', async () => {
	const [away, regular, saved, late, drift] = await Promise.all([
		world.person('borte'),
		world.person('jevnlig'),
		world.person('reddet'),
		world.person('sen'),
		world.person('drift', { fast: 'drift' })
	]);
	await logIn(away, new Date('2026-01-31T23:30:00Z')); // 1 February in Norway
	await logIn(late, new Date('2026-06-20T10:00:00Z'));
	const outage = { from: '2027-05-15', to: '2027-06-05' };
	for (let dag = '2026-01-11'; dag < '2028-01-11'; dag = plussDager(dag, 1)) {
		if (dag.endsWith('-15')) await logIn(regular, oyeblikkINorge(dag, '08:00'));
		// Logs in after each first warning.
		if ((await status(saved)) === 'varslet') await logIn(saved, oyeblikkINorge(dag, '04:00'));
		if (dag >= outage.from && dag < outage.to) continue;
		await run(runAt(dag));
		if (dag.endsWith('-01')) await run(runAt(dag));
	}
	expect(await mails(away)).toEqual([
		'2027-01-02: konto_deaktiveres',
		'2027-01-25: konto_deaktiveres',
		'2027-02-01: konto_deaktivert'
	]);
	expect(await status(away)).toBe('deaktivert');
	expect(await mails(regular)).toEqual([]);
	expect(await status(regular)).toBe('aktiv');
	expect(await status(drift)).toBe('aktiv');
	expect(await mails(drift)).toEqual([]);
	// The first warning came after the outage, and gave its full thirty days.
	expect(await mails(late)).toEqual([
		'2027-06-05: konto_deaktiveres',
		'2027-06-28: konto_deaktiveres',
		'2027-07-05: konto_deaktivert'
	]);
	expect(await status(saved)).toBe('aktiv');
	expect(new Set((await mails(saved)).map((mail) => mail.slice(12)))).toEqual(new Set(['konto_deaktiveres']));
	const events = await world.owner.selectFrom('hendelse').select('type').where('objekt_id', '=', away.id).execute();
	expect(events.map(({ type }) => type)).toEqual(['bruker.varslet', 'bruker.varslet', 'bruker.deaktivert']);
}, 120_000);

test('deactivation ends every session and tells the ws-servers', async () => {
	const person = await world.person('borte');
	await run(new Date('2027-01-20T04:20:00Z'));
	await run(new Date('2027-02-15T04:20:00Z'));
	await world.login(person, new Date('2027-02-21T00:00:00Z'));
	const okt = await world.owner
		.selectFrom('okt')
		.select('offentlig_id')
		.where('user_id', '=', person.id)
		.executeTakeFirstOrThrow();
	const hints: string[] = [];
	const listener = new pg.Client(connectionOptions(world.url, 'lisk_ws'));
	await listener.connect();
	listener.on('notification', ({ payload }) => hints.push(payload ?? ''));
	await listener.query(`listen ${HINT_CHANNEL}`);
	await run(new Date('2027-02-22T04:20:00Z'));
	expect(await status(person)).toBe('deaktivert');
	expect(await world.owner.selectFrom('okt').select('id').where('user_id', '=', person.id).execute()).toEqual([]);
	// The ws-servers close the sockets by it.
	await expect.poll(() => hints).toContain(JSON.stringify({ okt: okt.offentlig_id }));
	await listener.end();
});

test('after a long outage the mails of a run are bounded, the others follow, and nobody is warned twice', async () => {
	const people = Array.from({ length: TILTAK_PER_KJORING + 30 }, (_, i) => ({
		...{ id: randomUUID(), brukernavn: `person-${i}`, navn: `Person ${i}`, farge: 0 }
	}));
	await insertBrukere(world.owner, people, start);
	await run(runAt('2028-05-01'));
	expect(await mails()).toHaveLength(TILTAK_PER_KJORING);
	await run(runAt('2028-05-02'));
	expect(await mails()).toHaveLength(people.length);
	await run(runAt('2028-05-03'));
	expect(await mails()).toHaveLength(people.length);
	expect(new Set((await mails()).map((mail) => mail.slice(12)))).toEqual(new Set(['konto_deaktiveres']));
});

test('two runs at once do it once', async () => {
	await world.person('borte');
	const other = world.connect('lisk_worker');
	await Promise.all([run(runAt('2027-01-01')), run(runAt('2027-01-01'), other)]);
	expect(await mails()).toHaveLength(1);
});

test('a log-in in the same second wins, whichever comes first', async () => {
	for (const first of ['log-in', 'deactivation']) {
		const person = await world.person('borte');
		await run(runAt('2027-01-01'));
		await run(runAt('2027-02-01'));
		expect(await status(person)).toBe('varslet');
		const now = runAt('2027-02-20');
		if (first === 'log-in') {
			// It holds the row while the job comes by, and commits before the job may look.
			let running: Promise<void> | undefined;
			await transaction(world.web, async (trx) => {
				await updateSistInnlogget(trx, person.id, now);
				running = run(now);
				await expect.poll(waiting, { timeout: 5_000, interval: 20 }).toBe(1);
			});
			await running;
		} else {
			// The password was found right just before; the transaction of the log-in comes after.
			await run(now);
			await logIn(person, now);
		}
		expect([first, await status(person)]).toEqual([first, 'aktiv']);
		await run(runAt('2027-02-21'));
		expect(await status(person)).toBe('aktiv');
	}
});
