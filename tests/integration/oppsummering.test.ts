import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoUke } from '#lib/domain/varsel/uke.ts';
import { klokkaINorge } from '#lib/domain/dager.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { insertBrukere } from '#lib/server/queries/synthetic-people.ts';
import { sendOppsummeringer } from '#lib/server/varsler/oppsummering.ts';
import { World } from '../support/world.ts';

/** R07 in small. */
const FOLK = 60;
const UKER = 60;
const TIME = 3_600_000;
const DAG = 24 * TIME;

let world: World;
let worker: [Db, Db];
const folk = Array.from({ length: FOLK }, (_, nr) => ({
	...{ id: randomUUID(), brukernavn: `uke-${nr}`, navn: `Navn ${nr}`, farge: 0 }
}));
beforeAll(async () => {
	// Through both nights that the clocks move, and ISO week 53 of 2026.
	world = await World.create({ now: new Date('2026-01-05T00:00:00Z') });
	worker = [world.connect('lisk_worker'), world.connect('lisk_worker')];
	await insertBrukere(world.owner, folk, world.now);
	await sql`update bruker set oppsummering_dag = 1 + abs(hashtext(brukernavn)) % 7`.execute(world.owner);
});
afterAll(() => world.destroy());

/** Something happens to each of these people. */
async function noeSkjer(hvem: { id: string }[], at: Date): Promise<void> {
	if (hvem.length === 0) return;
	await sql`
		with h as (
			insert into hendelse (at, type) values (${at}, 'plan.tildelt') returning id
		)
		insert into varsel (id, hendelse_id, mottaker_id, som, type, gruppe, kort, sti, data, created_at, vis, ukentlig)
		select gen_random_uuid(), h.id, b.id, 'lis', 'plan.tildelt', 'planer', 'varsler', '/laeringsmal',
			'{"aktor":null,"lis":"Navn","person":null,"kode":null,"rolle":null}', ${at}, true, true
		from h, unnest(${hvem.map(({ id }) => id)}::uuid[]) as b (id)
	`.execute(world.owner);
}

const brev = () =>
	world.owner
		.selectFrom('epost')
		.select(['mottaker_id', 'created_at', 'data'])
		.where('mal', '=', 'ukesoppsummering')
		.execute();

describe('the weekly summary', () => {
	test('of 60 weeks with two workers racing and an outage: one for each person and week with content, none empty, nothing left out', async () => {
		let nr = 0;
		for (let dag = 0; dag < UKER * 7; dag++) {
			const midnatt = world.now.getTime() + dag * DAG;
			await noeSkjer(
				folk.filter(() => nr++ % 11 === 0),
				new Date(midnatt + 13 * TIME)
			);
			// The workers are away for three days in the tenth week.
			if (dag >= 63 && dag < 66) continue;
			for (const time of [5, 6, 19]) {
				const now = new Date(midnatt + time * TIME);
				await Promise.all(worker.map((db) => sendOppsummeringer(db, now)));
			}
		}
		const alle = await brev();
		const nokler = alle.map((b) => `${b.mottaker_id} ${isoUke(klokkaINorge(b.created_at).dato)}`);
		expect(alle.length).toBeGreaterThan(FOLK * 20);
		expect(new Set(nokler).size).toBe(nokler.length);
		for (const { data } of alle) expect((data as { antall: number }).antall).toBeGreaterThan(0);
		const sum = alle.reduce((antall, { data }) => antall + (data as { antall: number }).antall, 0);
		const { antall, igjen } = await world.owner
			.selectFrom('varsel')
			.select([
				sql<number>`count(oppsummering_id)::integer`.as('antall'),
				sql<number>`count(*) filter (where oppsummering_id is null and created_at < ${new Date(world.now.getTime() + (UKER - 1) * 7 * DAG)})::integer`.as(
					'igjen'
				)
			])
			.executeTakeFirstOrThrow();
		expect([sum, igjen]).toEqual([antall, 0]);
		const uker = await world.owner.selectFrom('ukesoppsummering').select('uke').distinct().execute();
		expect(uker.map(({ uke }) => uke)).toContain('2026-W53');
		// Never before seven by the clocks of Norway, but for those that the outage has made late.
		const forTidlig = alle.filter(({ created_at }) => klokkaINorge(created_at).tid < '07:00');
		expect(new Set(forTidlig.map(({ created_at }) => created_at.toISOString()))).toEqual(
			new Set(['2026-03-12T05:00:00.000Z'])
		);
	}, 240_000);

	test('holds nothing that is read, turned off since, or refused altogether', async () => {
		const [lest, av, ingen, vanlig] = folk as [(typeof folk)[0], (typeof folk)[0], (typeof folk)[0], (typeof folk)[0]];
		await world.owner.updateTable('varsel').set({ lest_at: world.now }).where('oppsummering_id', 'is', null).execute();
		await world.owner.deleteFrom('epost').execute();
		const at = new Date('2027-06-01T10:00:00Z');
		await noeSkjer([lest, av, ingen, vanlig], at);
		await world.owner.updateTable('varsel').set({ lest_at: at }).where('mottaker_id', '=', lest.id).execute();
		const valg = { gruppe: 'planer', umiddelbar: true, ukentlig: false, hjem: true };
		await world.web
			.insertInto('varselvalg')
			.values({ bruker_id: av.id, ...valg })
			.execute();
		await world.web.updateTable('bruker').set({ ingen_epost: true }).where('id', '=', ingen.id).execute();
		const now = new Date('2027-06-15T10:00:00Z');
		expect(await sendOppsummeringer(worker[0], now)).toBe(1);
		expect(await sendOppsummeringer(worker[0], now)).toBe(0);
		expect((await brev()).map(({ mottaker_id }) => mottaker_id)).toEqual([vanlig.id]);
	});
});
