import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oyeblikkINorge } from '#lib/domain/dager.ts';
import { plussDager } from '#lib/domain/inaktivitet.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { sendOppsummeringer } from '#lib/server/varsler/oppsummering.ts';
import { World } from '../support/world.ts';

/**
 * R07 (trust.md): the weekly summary of 10,000 people through 60 weeks, with both nights that the clocks move, ISO week 53, a three-day outage, and two
 * workers racing on one database. What must come is told by PostgreSQL's own calendar, which knows nothing of ours.
 */

const FOLK = 10_000;
const UKER = 60;
const BEGYNT = '2026-01-05';
/** The workers are away on these days, Monday to Wednesday of the tenth week. */
const BORTE = { fra: 63, til: 66 };
const MB = 1024 * 1024;

let world: World;
let workere: [Db, Db];
beforeAll(async () => {
	world = await World.create({ now: new Date(`${BEGYNT}T00:00:00Z`) });
	workere = [world.connect('lisk_worker'), world.connect('lisk_worker')];
	await sql`
		insert into bruker (id, brukernavn, navn, farge, status, sprak, epost, created_at, oppsummering_dag, ingen_epost)
		select gen_random_uuid(), 'uke-' || nr, 'Navn ' || nr, 0, 'aktiv', 'nb', 'uke-' || nr || '@example.no', ${world.now},
			case when nr % 3 = 0 then 1 + nr % 7 else 1 end, nr % 20 = 0
		from generate_series(1, ${FOLK}) nr
	`.execute(world.owner);
});
afterAll(() => world.destroy());

/** A week's notifications, at any time of day: none for half of the people, one to three for the others; every tenth is read at once. */
async function skjerIUken(uke: number): Promise<void> {
	await sql`
		with h as (insert into hendelse (at, type) values (${world.now}, 'plan.tildelt'), (${world.now}, 'plan.tildelt'), (${world.now}, 'plan.tildelt') returning id),
		hendt as (
			select b.id as bruker, h.id as hendelse, ${world.now}::timestamptz + make_interval(days => ${7 * uke}, secs => 604800 * (abs(hashtext(b.brukernavn || h.id))::float8 / 2147483648)) as at,
				abs(hashtext(h.id || b.brukernavn)) as tall
			from bruker b, h where abs(hashtext(b.brukernavn || ${uke}::text)) % 2 = 0
		)
		insert into varsel (id, hendelse_id, mottaker_id, som, type, gruppe, kort, sti, data, created_at, vis, ukentlig, lest_at)
		select gen_random_uuid(), hendelse, bruker, 'lis', 'plan.tildelt', 'planer', 'varsler', '/laeringsmal',
			'{"aktor":null,"lis":"Navn","person":null,"kode":null,"rolle":null}', at, true, true, case when tall % 10 = 0 then at end
		from hendt where tall % 3 > 0 or hendelse % 3 = 0
	`.execute(world.owner);
}

/** Whose notification belongs to which week's summary: the first seven o'clock of their weekday after it. */
const ventet = sql`
	select v.id, v.mottaker_id, to_char(naar.dag, 'IYYY-"W"IW') as uke
	from varsel v
	join bruker b on b.id = v.mottaker_id
	cross join lateral (
		select min(d.dag) as dag
		from generate_series(0, 7) n, lateral (select (v.created_at at time zone 'Europe/Oslo')::date + n as dag) d
		where extract(isodow from d.dag) = b.oppsummering_dag and (d.dag + time '07:00') at time zone 'Europe/Oslo' > v.created_at
	) naar
	where v.lest_at is null and not b.ingen_epost and naar.dag < ${plussDager(BEGYNT, UKER * 7)}::date
`;

test(`${FOLK} people × ${UKER} weeks: one summary for each person and week with content, none empty, nothing in the wrong one`, async () => {
	let [sendt, cpu, hoyest] = [0, 0, 0];
	const begynt = performance.now();
	const minne: number[] = [];
	for (let uke = 0; uke < UKER; uke++) {
		await skjerIUken(uke);
		if (uke % 4 === 0) await sql`analyze varsel, ukesoppsummering, bruker`.execute(world.owner);
		for (let dag = uke * 7; dag < uke * 7 + 7; dag++) {
			if (dag >= BORTE.fra && dag < BORTE.til) continue;
			const dato = plussDager(BEGYNT, dag);
			for (const tid of ['06:59', '07:00', '21:00']) {
				const now = oyeblikkINorge(dato, tid);
				const fra = [performance.now(), process.cpuUsage()] as const;
				const antall = await Promise.all(workere.map((db) => sendOppsummeringer(db, now)));
				const { user, system } = process.cpuUsage(fra[1]);
				cpu += user + system;
				hoyest = Math.max(hoyest, performance.now() - fra[0]);
				for (const ett of antall) sendt += ett;
				// Before seven there is nothing left of the day before, but for what the outage has kept.
				if (tid === '06:59' && dag !== BORTE.til) expect(antall).toEqual([0, 0]);
			}
		}
		minne.push(process.memoryUsage().heapUsed / MB);
	}

	const { rows } = await sql<
		Record<'ventet' | 'feil' | 'summer' | 'uventede' | 'brev' | 'tomme' | 'linjer' | 'uke53', number>
	>`
		with ventet as materialized (${ventet}),
		skrevet as (select v.id, v.mottaker_id, u.uke from varsel v join ukesoppsummering u on u.id = v.oppsummering_id),
		brev as (select mottaker_id, created_at, (data ->> 'antall')::integer as antall from epost where mal = 'ukesoppsummering')
		select
			(select count(distinct (mottaker_id, uke)) from ventet)::integer as ventet,
			(select count(*) from ventet full join skrevet using (id, mottaker_id, uke) where ventet.id is null or skrevet.id is null)::integer as feil,
			(select count(*) from ukesoppsummering)::integer as summer,
			(select count(*) from (select bruker_id, uke from ukesoppsummering except select mottaker_id, uke from ventet) x)::integer as uventede,
			(select count(distinct (mottaker_id, to_char(created_at at time zone 'Europe/Oslo', 'IYYY-"W"IW'))) from brev)::integer as brev,
			(select count(*) from brev where antall is null or antall < 1)::integer as tomme,
			(select sum(antall) from brev)::integer as linjer,
			(select count(*) from ukesoppsummering where uke = '2026-W53')::integer as uke53
	`.execute(world.owner);
	const [svar] = rows;
	const [{ antall: skrevet }] = (
		await sql<{ antall: number }>`
		select count(*)::integer as antall from varsel where oppsummering_id is not null
	`.execute(world.owner)
	).rows as [{ antall: number }];
	console.table({
		...{
			summer: sendt,
			varsler: skrevet,
			uke53: svar?.uke53,
			sekunder: Math.round((performance.now() - begynt) / 1000)
		},
		...{ 'cpu µs hver': Math.round(cpu / sendt), 'lengste runde ms': Math.round(hoyest) },
		...{ 'minne MB, uke 10': Math.round(minne[9] ?? 0), 'minne MB, til slutt': Math.round(minne.at(-1) ?? 0) }
	});
	expect(sendt).toBeGreaterThan(FOLK * 10);
	expect(svar?.uke53).toBeGreaterThan(0);
	expect(svar).toMatchObject({
		feil: 0,
		uventede: 0,
		tomme: 0,
		summer: sendt,
		ventet: sendt,
		brev: sendt,
		linjer: skrevet
	});
}, 3_600_000);
