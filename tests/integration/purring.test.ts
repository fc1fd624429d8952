import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import { dagINorge } from '#lib/domain/dager.ts';
import { plussDager } from '#lib/domain/laering/kalender.ts';
import { purrAktivitet, purrMal } from '#lib/server/commands/purr.ts';
import { trekkAktivitet } from '#lib/server/commands/send-aktivitet.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { updateAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { hentAktivitetSide } from '#lib/server/views/aktivitet.ts';
import { hentFremdrift } from '#lib/server/views/fremdrift.ts';
import { hentGodkjenning } from '#lib/server/views/godkjenning.ts';
import { hentMalSide } from '#lib/server/views/mal.ts';
import { hentVurdering } from '#lib/server/views/signering.ts';
import { outcome } from '../support/outcome.ts';
import { aktivitet, hendelser, mal, malMedKrav } from '../support/signering.ts';
import { REGLER } from '../support/filer.ts';
import { World, type Person } from '../support/world.ts';

/** «Purr»: who may, how often, what comes of it; and that the LIS sees whether what they sent was opened. */

const DAG = 86_400_000;
type Navn = Exclude<keyof Awaited<ReturnType<World['cast']>>, never>;

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let id: string;
let kode: string;
beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	({ kode } = await malMedKrav(world, cast.lis));
	await mal(world, cast.lis, kode, 'sendt', cast.leder);
});
beforeEach(async () => {
	id = await aktivitet(world, { lis: cast.lis, supervisor: cast.supervisor });
});
afterAll(() => world.destroy());

const som = async (person: Person, dager = 0): Promise<Ctx> => ({
	...(await world.ctx(person)),
	now: new Date(world.now.getTime() + dager * DAG)
});
const typer = async (objektId: string) => (await hendelser(world, { objektId })).map(({ type }) => type);
const varsler = (type: string, objektId: string) =>
	world.owner
		.selectFrom('varsel')
		.select(['mottaker_id', 'lest_at', 'sti'])
		.where('type', '=', type)
		.where('objekt_id', '=', objektId)
		.execute();

describe('nobody else', () => {
	test.each([
		['supervisor', 'forbidden'],
		['leder', 'forbidden'],
		['veileder', 'forbidden'],
		['annenLis', 'not_found'],
		['annenVeileder', 'not_found'],
		['hdir', 'not_found'],
		['drift', 'not_found']
	] as [Navn, string][])('%s purrer about the aktivitet of a LIS: %s', async (navn, svar) => {
		expect(await outcome(purrAktivitet(await som(cast[navn]), { id }))).toBe(svar);
		expect(await typer(id)).toEqual([]);
	});

	test('a goal is purret about by its own LIS only: to others there is none', async () => {
		for (const navn of ['supervisor', 'leder', 'veileder', 'hdir', 'drift'] as const)
			expect(await outcome(purrMal(await som(cast[navn]), { kode }))).toBe('not_found');
		// Theirs, which they have not sent.
		expect(await outcome(purrMal(await som(cast.annenLis), { kode }))).toBe('conflict: laering_konflikt_mal_pagar');
	});

	test.each(['', 'x', '00000000-0000-4000-8000-000000000000'])('what is not there (%j) is not', async (feil) => {
		expect(await outcome(purrAktivitet(await som(cast.lis), { id: feil }))).toBe('not_found');
		expect(await outcome(purrMal(await som(cast.lis), { kode: feil }))).toBe('not_found');
	});
});

describe('only what waits for somebody', () => {
	test.each([
		['kladd', 'laering_konflikt_aktivitet_kladd'],
		['signert', 'laering_konflikt_aktivitet_signert'],
		['underkjent', 'laering_konflikt_aktivitet_underkjent'],
		['registrert', 'laering_konflikt_aktivitet_registrert']
	] as const)('%s', async (status, grunn) => {
		const annen = await aktivitet(world, { lis: cast.lis, supervisor: cast.supervisor, status });
		expect(await outcome(purrAktivitet(await som(cast.lis), { id: annen }))).toBe(`conflict: ${grunn}`);
	});

	test('a goal that was sent, and nobody is leder', async () => {
		await mal(world, cast.annenLis, kode, 'sendt', cast.leder);
		expect(await outcome(purrMal(await som(cast.annenLis), { kode }))).toBe('conflict: laering_konflikt_purr_ingen');
	});
});

test('the supervisør is told, by a card and a mail; nothing else changes', async () => {
	const for1 = await world.owner.selectFrom('laeringsaktivitet').selectAll().where('id', '=', id).execute();
	await purrAktivitet(await som(cast.lis), { id });
	expect(await world.owner.selectFrom('laeringsaktivitet').selectAll().where('id', '=', id).execute()).toEqual(for1);
	expect(await typer(id)).toEqual(['aktivitet.purret']);
	expect(await varsler('aktivitet.purret', id)).toEqual([
		{ mottaker_id: cast.supervisor.id, lest_at: null, sti: '/signering' }
	]);
	const brev = await world.owner.selectFrom('epost').select(['mottaker_id', 'mal']).execute();
	expect(brev).toContainEqual({ mottaker_id: cast.supervisor.id, mal: 'varsel' });
});

test('again on the third day; 50 at once are one, each time', async () => {
	const alle = async (dager: number) => {
		const ctx = await som(cast.lis, dager);
		const svar = await Promise.all(Array.from({ length: 50 }, () => outcome(purrAktivitet(ctx, { id }))));
		return Object.entries(Object.groupBy(svar, (ett) => ett)).map(([ett, like]) => [ett, like?.length]);
	};
	const en = [
		['conflict: laering_konflikt_purret', 49],
		['ok', 1]
	];
	expect((await alle(0)).toSorted()).toEqual(en);
	expect((await alle(2)).toSorted()).toEqual([['conflict: laering_konflikt_purret', 50]]);
	expect((await alle(3)).toSorted()).toEqual(en);
	expect(await typer(id)).toEqual(['aktivitet.purret', 'aktivitet.purret']);
});

test('what is sent anew can be purret about at once', async () => {
	const ctx = await som(cast.lis);
	await purrAktivitet(ctx, { id });
	await trekkAktivitet(ctx, { id });
	await updateAktivitet(world.owner, id, { status: 'sendt', sendt_at: new Date(world.now.getTime() + 60_000) });
	expect(await outcome(purrAktivitet({ ...ctx, now: new Date(world.now.getTime() + 120_000) }, { id }))).toBe('ok');
});

test('the leder is told of a goal; the page says when it can be done again', async () => {
	const ctx = await som(cast.lis);
	expect((await hentMalSide(ctx, kode, REGLER)).purring).toEqual({ apnet: null, purret: null, igjen: null });
	await purrMal(ctx, { kode });
	expect((await hentMalSide(ctx, kode, REGLER)).purring).toEqual({
		apnet: null,
		purret: ctx.now,
		igjen: plussDager(dagINorge(world.now), 3)
	});
	expect(await outcome(purrMal(ctx, { kode }))).toBe('conflict: laering_konflikt_purret');
	const [varsel] = await world.owner
		.selectFrom('varsel')
		.select('mottaker_id')
		.where('type', '=', 'mal.purret')
		.execute();
	expect(varsel?.mottaker_id).toBe(cast.leder.id);
});

describe('opened', () => {
	const purring = async () => (await hentAktivitetSide(await som(cast.lis), id, REGLER)).lest?.purring;

	test('by the supervisør only, once, and anew when it is sent again', async () => {
		for (const navn of ['leder', 'veileder'] as const) await hentAktivitetSide(await som(cast[navn]), id, REGLER);
		expect((await purring())?.apnet).toBeNull();
		await hentVurdering(await som(cast.supervisor), id);
		await hentVurdering(await som(cast.supervisor, 1), id);
		await hentAktivitetSide(await som(cast.supervisor, 2), id, REGLER);
		expect((await purring())?.apnet).toEqual(world.now);
		expect(
			await world.owner
				.selectFrom('apning')
				.select(sql<number>`count(*)::integer`.as('n'))
				.where('objekt_id', '=', id)
				.execute()
		).toEqual([{ n: 1 }]);
		await trekkAktivitet(await som(cast.lis), { id });
		await updateAktivitet(world.owner, id, { status: 'sendt', sendt_at: new Date(world.now.getTime() + DAG) });
		expect((await purring())?.apnet).toBeNull();
	});

	test('of a goal by the leder, where it is decided; of all that stands, in the list of what waits', async () => {
		await hentGodkjenning(await som(cast.leder));
		expect((await hentMalSide(await som(cast.lis), kode, REGLER)).purring?.apnet).toEqual(world.now);
		const { purringer } = await hentFremdrift(await som(cast.lis), cast.lis.id);
		expect(purringer[kode]?.apnet).toEqual(world.now);
		expect(purringer[id]).toEqual({ apnet: null, purret: null, igjen: null });
	});

	test('is told to nobody but the LIS', async () => {
		expect((await hentAktivitetSide(await som(cast.leder), id, REGLER)).lest?.purring).toBeNull();
		expect((await hentFremdrift(await som(cast.veileder), cast.lis.id)).purringer).toEqual({});
	});
});
