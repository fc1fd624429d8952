import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dagINorge, klokkaINorge } from '#lib/domain/dager.ts';
import { beregnTjenestetid } from '#lib/domain/laering/tjenestetid.ts';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { opprettSamtale } from '#lib/server/commands/opprett-samtale.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { handlePaminnelser } from '#lib/server/jobs/handlers/paminnelser.ts';
import { createLogger } from '#lib/server/log.ts';
import { insertFravaer } from '#lib/server/queries/fravaer.ts';
import { updateAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { findMal, insertSendt } from '#lib/server/queries/maloppnaelse.ts';
import { aktivitet, malMedKrav } from '../support/signering.ts';
import { World, type Person } from '../support/world.ts';

/**
 * A year of reminders with two workers that race, both nights on which the clocks move, Easter, and three weeks in which nobody worked. What
 * happens at noon of a day stands in `skjer`; what is told, in `ventet`.
 */

const DAG = 86_400_000;
const BORTE = { fra: '2026-08-01', til: '2026-08-22' };

let world: World;
let worker: [Db, Db];
let folk: Record<'a' | 'b' | 'c' | 'd' | 'e' | 'veileder' | 'leder' | 'supervisor', Person>;
const samtaler: Record<string, string> = {};
const saker: Record<string, string> = {};
const PERMISJON_A = { slag: 'permisjon', fra: '2026-03-22', til: '2026-04-10', prosent: 100 } as const;
const PERMISJON_B = { slag: 'permisjon', fra: '2026-03-16', til: '2026-04-26', prosent: 100 } as const;
const START = { a: '2026-03-02', b: '2026-01-12', c: '2026-05-04', d: '2025-06-02', e: '2026-11-30' } as const;

beforeAll(async () => {
	world = await World.create({ now: new Date('2026-01-05T06:00:00Z') });
	worker = [world.connect('lisk_worker'), world.connect('lisk_worker')];
	const lis = async (navn: keyof typeof START) => {
		const person = await world.person(navn, { lis: true });
		await world.owner.updateTable('lis').set({ start_dato: START[navn] }).where('bruker_id', '=', person.id).execute();
		return person;
	};
	const [a, b, c, d, e] = await Promise.all([lis('a'), lis('b'), lis('c'), lis('d'), lis('e')]);
	const [veileder, leder, supervisor] = await Promise.all(
		['veileder', 'leder', 'supervisor'].map((navn) => world.person(navn))
	);
	if (!a || !b || !c || !d || !e || !veileder || !leder || !supervisor) throw new Error('nobody came');
	folk = { a, b, c, d, e, veileder, leder, supervisor };
	for (const en of [a, b, c, d, e]) await world.relate(en, veileder, 'veileder');
	await world.relate(a, leder, 'leder');
	await world.relate(a, supervisor, 'supervisor');
	for (const [en, fravaer] of [
		[a, PERMISJON_A],
		[b, PERMISJON_B]
	] as const)
		await insertFravaer(world.owner, { id: randomUUID(), lisId: en.id, ...fravaer, av: en.id, now: world.now });
	for (const sak of ['en', 'to', 'tre', 'fire', 'fem'])
		saker[sak] = await aktivitet(world, { lis: a, supervisor, status: 'kladd' });
});
afterAll(() => world.destroy());

const middag = (dag: string) => new Date(`${dag}T12:00:00Z`);
const hvem = async (person: Person, dag: string) => ({
	...(await world.ctx(person)),
	now: middag(dag)
});
async function ny(navn: string, dag: string, dato: string, lis = folk.a): Promise<void> {
	const ctx = await hvem(folk.veileder, dag);
	const tid = { dato, fra: '14:30', til: null, sted: 'Legekontoret' };
	samtaler[navn] = (await opprettSamtale(ctx, { lisId: lis.id, ...tid })).id;
}
async function flytt(navn: string, dag: string, dato: string): Promise<void> {
	const samtaleId = samtaler[navn] ?? '';
	const ctx = await hvem(folk.veileder, dag);
	await settTidOgSted(ctx, { samtaleId, versjon: 1, dato, fra: '14:30', til: null, sted: 'Legekontoret' });
}
async function send(navn: string, dag: string): Promise<void> {
	await updateAktivitet(world.owner, saker[navn] ?? '', { status: 'sendt', sendt_at: middag(dag) });
}
const holdt = (navn: string) =>
	world.owner
		.updateTable('samtale')
		.set({ status: 'aktiv' })
		.where('id', '=', samtaler[navn] ?? '')
		.execute();

/** What happens at noon, UTC. */
const skjer: Record<string, (dag: string) => Promise<unknown>> = {
	'2026-02-24': (dag) => ny('holdt', dag, '2026-03-02', folk.b),
	'2026-03-02': () => holdt('holdt'),
	'2026-03-10': async (dag) => {
		await ny('sommertid', dag, '2026-03-30');
		await ny('paske', dag, '2026-04-07');
	},
	'2026-03-20': async (dag) => {
		for (const sak of ['en', 'to', 'tre']) await send(sak, dag);
	},
	'2026-04-08': (dag) => ny('flyttet', dag, '2026-05-12'),
	'2026-04-20': (dag) => send('fire', dag),
	'2026-04-24': () => updateAktivitet(world.owner, saker['fire'] ?? '', { status: 'kladd', sendt_at: null }),
	'2026-04-25': (dag) => send('fire', dag),
	'2026-05-05': () =>
		updateAktivitet(world.owner, saker['fire'] ?? '', {
			...{ status: 'signert', avgjort_at: middag('2026-05-05'), avgjort_av: folk.supervisor.id },
			signert_hash: Buffer.alloc(32)
		}),
	'2026-05-08': (dag) => flytt('flyttet', dag, '2026-05-20'),
	'2026-05-21': (dag) => ny('flyttes sent', dag, '2026-06-10'),
	'2026-06-09': (dag) => flytt('flyttes sent', dag, '2026-06-18'),
	'2026-06-15': (dag) => ny('avlyst', dag, '2026-06-24'),
	'2026-06-22': async (dag) => {
		await avlysSamtale(await hvem(folk.veileder, dag), { samtaleId: samtaler['avlyst'] ?? '', grunn: 'Syk' });
	},
	'2026-07-20': async (dag) => {
		await ny('mens borte', dag, '2026-08-10');
		await ny('like etter', dag, '2026-08-24');
	},
	'2026-07-28': (dag) => send('fem', dag),
	'2026-09-01': async (dag) => {
		const { kode } = await malMedKrav(world, folk.a);
		const mal = await findMal(world.owner, folk.a.id, kode);
		if (!mal) throw new Error('no goal');
		saker['mal'] = randomUUID();
		await insertSendt(world.owner, {
			...{ id: saker['mal'], lisId: folk.a.id, kode, katalogId: mal.katalogId, fullfortDato: dag },
			...{ kommentar: null, now: middag(dag) }
		});
	},
	'2026-10-01': (dag) => ny('vintertid', dag, '2026-10-26'),
	'2026-10-25': (dag) => ny('rett for', dag, '2026-10-26')
};

const halvveis = (navn: 'a' | 'b' | 'c') =>
	beregnTjenestetid(START[navn], navn === 'a' ? [PERMISJON_A] : navn === 'b' ? [PERMISJON_B] : []).halvveis;

/** Day, what is told, of what. */
const ventet = (): string[] =>
	[
		// Six weeks from the first day; again six weeks after the permisjon that followed the one that was held.
		'2026-02-23 samtale.uteblitt b',
		'2026-06-08 samtale.uteblitt b',
		'2026-06-15 samtale.uteblitt c',
		// The one that was planned is avlyst.
		'2026-06-22 samtale.uteblitt a',
		`${halvveis('a')} tjeneste.halvveis a`,
		`${halvveis('b')} tjeneste.halvveis b`,
		`${BORTE.til} tjeneste.halvveis c`,
		'2026-02-27 samtale.paminnelse holdt',
		'2026-03-27 samtale.paminnelse sommertid',
		'2026-04-01 samtale.paminnelse paske',
		'2026-05-19 samtale.paminnelse flyttet',
		'2026-06-09 samtale.paminnelse flyttes sent',
		'2026-06-17 samtale.paminnelse flyttes sent',
		`${BORTE.til} samtale.paminnelse like etter`,
		'2026-10-23 samtale.paminnelse vintertid',
		...['en', 'to', 'tre'].flatMap((sak) => [
			`2026-03-27 aktivitet.paminnet ${sak}`,
			`2026-04-03 aktivitet.paminnet-igjen ${sak}`
		]),
		'2026-05-02 aktivitet.paminnet fire',
		`${BORTE.til} aktivitet.paminnet-igjen fem`,
		'2026-09-08 mal.paminnet mal',
		'2026-09-15 mal.paminnet-igjen mal'
	].toSorted();

const run = (db: Db, now: Date): Promise<void> =>
	handlePaminnelser({
		...{ db, now, log: createLogger('worker', 'silent'), inactivityMonths: 12, samtaleWeeks: 6 },
		...{ pidKey: new Uint8Array(32), postmann: { send: () => Promise.resolve() } }
	});

async function fortalt(): Promise<{ at: Date; hva: string }[]> {
	const navn = new Map([
		...Object.entries(samtaler).map(([k, id]) => [id, k] as const),
		...Object.entries(saker).map(([k, id]) => [id, k] as const),
		...Object.entries(folk).map(([k, { id }]) => [id, k] as const)
	]);
	const rader = await world.owner
		.selectFrom('hendelse')
		.select(['at', 'type', 'objekt_id', 'lis_id'])
		.where('request_id', '=', 'paminnelser')
		.execute();
	return rader.map(({ at, type, objekt_id, lis_id }) => ({
		at,
		hva: `${dagINorge(at)} ${type} ${navn.get(objekt_id ?? lis_id ?? '')}`
	}));
}
const brev = (mal: 'paminnelse' | 'samtale_paminnelse') =>
	world.owner
		.selectFrom('epost')
		.select(['mottaker_id', 'created_at', 'data'])
		.where('mal', '=', mal)
		.orderBy('created_at')
		.execute();

describe('a year of reminders', () => {
	beforeAll(async () => {
		for (let dag = world.now.getTime(); dag < Date.parse('2027-01-01'); dag += DAG) {
			const dato = dagINorge(new Date(dag));
			// In the night that the clocks move too, at eight by one of the two clocks, and after noon.
			for (const time of ['01:30', '06:05', '07:05', '13:05']) {
				if (time === '13:05') await skjer[dato]?.(dato);
				if (dato >= BORTE.fra && dato < BORTE.til) continue;
				const now = new Date(`${dato}T${time}:00Z`);
				await Promise.all(worker.map((db) => run(db, now)));
			}
		}
	}, 400_000);

	test('tells each thing once, on its day, never at night', async () => {
		const alt = await fortalt();
		expect(alt.map(({ hva }) => hva).toSorted()).toEqual(ventet());
		for (const { at } of alt) expect(klokkaINorge(at).tid >= '08:00' && klokkaINorge(at).tid < '18:00').toBe(true);
	});

	test('a person has one mail a day of it, that holds what was told that day', async () => {
		const alle = await brev('paminnelse');
		const nokler = alle.map((b) => `${b.mottaker_id} ${dagINorge(b.created_at)}`);
		expect(new Set(nokler).size).toBe(nokler.length);
		const til = (person: Person) =>
			alle
				.filter((b) => b.mottaker_id === person.id)
				.map((b) => {
					const { antall, lenke, sti } = b.data as { antall: number; lenke: string | null; sti: string };
					return [dagINorge(b.created_at), antall, lenke, sti.replace(/[0-9a-f-]{36}/, 'id')];
				});
		expect(til(folk.supervisor)).toEqual([
			['2026-03-27', 3, null, '/signering'],
			['2026-04-03', 3, 'stedfortreder', '/signering'],
			['2026-05-02', 1, null, '/varsler/id'],
			['2026-08-22', 1, 'stedfortreder', '/varsler/id']
		]);
		expect(til(folk.leder)).toEqual(
			[
				['2026-04-03', 3, null, '/veiledning/id/laeringsmal'],
				[halvveis('a'), 1, null, '/varsler/id'],
				['2026-08-22', 1, null, '/varsler/id'],
				['2026-09-08', 1, null, '/varsler/id'],
				['2026-09-15', 1, 'stedfortreder', '/varsler/id']
			].toSorted()
		);
		expect(til(folk.a).filter(([, , lenke]) => lenke !== null)).toEqual([['2026-09-15', 1, 'leder', '/varsler/id']]);
	});

	test('both who take part are reminded of a samtale, with what a calendar needs and nothing more', async () => {
		const alle = await brev('samtale_paminnelse');
		expect(alle).toHaveLength(2 * ventet().filter((hva) => hva.includes('samtale.paminnelse')).length);
		expect(new Set(alle.map((b) => b.mottaker_id))).toEqual(new Set([folk.a.id, folk.b.id, folk.veileder.id]));
		for (const { data } of alle)
			expect(Object.keys((data as { samtale: object }).samtale).toSorted()).toEqual(
				['deltakere', 'dato', 'fra', 'id', 'status', 'sted', 'til', 'versjon'].toSorted()
			);
	});

	test('half-way comes with the numbers, which add up', async () => {
		const rader = await world.owner
			.selectFrom('hendelse')
			.select('data')
			.where('type', '=', 'tjeneste.halvveis')
			.execute();
		expect(rader.map(({ data }) => (data as { mer: object }).mer)).toEqual(
			rader.map(() => ({ fullfort: 0, sendt: 0, gjenstar: 48 }))
		);
	});
});
