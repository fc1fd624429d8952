import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '#lib/server/db/pool.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { plussDager } from '#lib/domain/laering/kalender.ts';
import { FORVALGT } from '#lib/domain/laering/rekkefolge.ts';
import { registrerFravaer } from '#lib/server/commands/registrer-fravaer.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentFremdrift } from '#lib/server/views/fremdrift.ts';
import { hentFremdriftsliste } from '#lib/server/views/fremdriftsliste.ts';
import { hentHjem } from '#lib/server/views/hjem.ts';
import { hentSamtaleSide } from '#lib/server/views/samtale.ts';
import { outcome } from '../support/outcome.ts';
import { aktivitet, anbefalt, mal } from '../support/signering.ts';
import { World, type Person } from '../support/world.ts';

/** S11: the progress of one LIS, and of all whom somebody follows. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let ctx: Record<'lis' | 'veileder' | 'leder', Ctx>;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	await starter(cast.lis, dag(-83));
	const [lis, veileder, leder] = await Promise.all([
		world.ctx(cast.lis),
		world.ctx(cast.veileder),
		world.ctx(cast.leder)
	]);
	ctx = { lis, veileder, leder };
});
afterAll(() => world.destroy());

/** So many days from today. */
const dag = (fra: number) => plussDager(dagINorge(world.now), fra);
const starter = (lis: Person, dag: string) =>
	sql`update lis set start_dato = ${dag} where bruker_id = ${lis.id}`.execute(world.owner);
const side = (en: Ctx = ctx.lis) => hentFremdrift(en, cast.lis.id);

describe('rights', () => {
	test('the LIS, the veileder and the leder see it; nobody else knows of it, a former one is told since when', async () => {
		for (const en of Object.values(ctx)) expect(await outcome(side(en))).toBe('ok');
		for (const en of [cast.supervisor, cast.hdir, cast.drift, cast.annenLis, cast.annenVeileder])
			expect(await outcome(side(await world.ctx(en)))).toBe('not_found');
		expect(await outcome(hentFremdrift(ctx.lis, 'x'))).toBe('not_found');
		const forrige = await world.person('forrige');
		await world.relate(cast.lis, forrige, 'veileder', world.past(1));
		expect(await outcome(side(await world.ctx(forrige)))).toBe('ended');
	});

	test('Helsedirektoratet is not shown absence and tempo, though the plan is shared', async () => {
		await sql`update plan_tildeling set status = 'paabegynt' where lis_id = ${cast.lis.id}`.execute(world.owner);
		await sql`update plan_tildeling set status = 'fullfort' where lis_id = ${cast.lis.id}`.execute(world.owner);
		await sql`update plan_tildeling set status = 'delt' where lis_id = ${cast.lis.id}`.execute(world.owner);
		expect(await outcome(side(await world.ctx(cast.hdir)))).toBe('not_found');
	});

	test('the LIS alone registers absence, the leder alone confirms the service', async () => {
		expect((await side()).abilities).toEqual({ fravaer: true, bekreft: false, hentBekreftelse: true });
		expect((await side(ctx.veileder)).abilities).toEqual({ fravaer: false, bekreft: false, hentBekreftelse: false });
		expect((await side(ctx.leder)).abilities).toEqual({ fravaer: false, bekreft: true, hentBekreftelse: true });
	});

	test('that an absence was sickness only the LIS is told', async () => {
		const dager = { fra: dag(-60), til: dag(-54), prosent: 100 };
		await registrerFravaer(ctx.lis, { lisId: cast.lis.id, slag: 'sykdom', ...dager });
		expect((await side()).fravaer).toMatchObject([{ slag: 'sykdom', ...dager }]);
		for (const en of [ctx.veileder, ctx.leder]) {
			const sett = await side(en);
			expect(sett.fravaer).toMatchObject([{ slag: 'annet', ...dager }]);
			expect(JSON.stringify(sett)).not.toContain('"sykdom"');
			expect(sett.linje?.fravaersdager).toBe((await side()).linje?.fravaersdager);
		}
	});
});

describe('the week', () => {
	test('is one and the same on Hjem, in a samtale, in the list and here; permisjon holds it', async () => {
		const samtaleId = await world.samtale(cast.veileder, cast.lis);
		const uker = async () => [
			(await side()).linje?.uke,
			(await hentHjem(ctx.lis, null)).lis?.uke,
			(await hentSamtaleSide(ctx.lis, samtaleId, { vent: () => Promise.resolve() })).samtale.uke,
			(await hentFremdriftsliste(ctx.leder, FORVALGT)).rader[0]?.uke
		];
		expect(await uker()).toEqual([12, 12, 12, 12]);
		const dager = { fra: dag(-21), til: dag(-8), prosent: 100 };
		await registrerFravaer(ctx.lis, { lisId: cast.lis.id, slag: 'permisjon', ...dager });
		const [uke, ...andre] = await uker();
		expect(uke).toBeLessThan(12);
		expect(andre).toEqual([uke, uke, uke]);
	});

	test('is not known without a first day', async () => {
		await sql`update lis set start_dato = null where bruker_id = ${cast.lis.id}`.execute(world.owner);
		expect((await side()).linje).toBeNull();
	});
});

describe('what stands with whom', () => {
	test('an aktivitet with its supervisør, a goal with the leder and, until they have recommended it, the veileder', async () => {
		await aktivitet(world, { lis: cast.lis, supervisor: cast.supervisor });
		await mal(world, cast.lis, 'KLK-001', 'sendt', cast.leder);
		await mal(world, cast.lis, 'KLK-002', 'sendt', cast.leder);
		await anbefalt(world, cast.lis, 'KLK-002', cast.veileder, cast.supervisor);
		const { grupper, utenLeder } = await side();
		expect(utenLeder).toBe(0);
		const sett = grupper.map(({ personId, rolle, saker }) => [personId, rolle, saker.map(({ hva }) => hva)]);
		expect(sett).toEqual([
			[cast.supervisor.id, 'supervisor', ['signering']],
			[cast.leder.id, 'leder', ['godkjenning', 'godkjenning']],
			[cast.veileder.id, 'veileder', ['anbefaling']]
		]);
		expect(grupper[0]?.saker[0]?.tekst?.nb).toBeTruthy();
		expect(grupper[1]?.saker[0]).toMatchObject({ id: 'KLK-001', hva: 'godkjenning' });
	});

	test('waits for there to be a leder, when there is none', async () => {
		const alene = await world.ctx(cast.annenLis);
		await mal(world, cast.annenLis, 'KLK-001', 'sendt', cast.leder);
		const { grupper, utenLeder } = await hentFremdrift(alene, cast.annenLis.id);
		expect(utenLeder).toBe(1);
		expect(grupper.map(({ rolle }) => rolle)).toEqual(['veileder']);
	});
});

describe('all whom I follow', () => {
	test('those whose progress I may open, what waits longest for me first; otherwise as I ask', async () => {
		const [en, to] = [await world.person('lis-en', { lis: true }), await world.person('lis-to', { lis: true })];
		await starter(en, dag(-100));
		for (const lis of [en, to]) await world.relate(lis, cast.leder, 'leder');
		const fremmed = await world.person('lis-tre', { lis: true });
		await world.relate(fremmed, cast.leder, 'supervisor');
		await mal(world, to, 'KLK-001', 'sendt', cast.leder);
		await mal(world, en, 'KLK-001', 'godkjent', cast.leder);
		const leder = await world.ctx(cast.leder);
		const liste = async (...rekkefolge: Parameters<typeof hentFremdriftsliste>[1][]) =>
			(await hentFremdriftsliste(leder, rekkefolge[0] ?? FORVALGT)).rader;
		expect((await liste()).map(({ id }) => id)).toEqual([to.id, cast.lis.id, en.id]);
		expect((await liste())[0]).toMatchObject({ venter: 1, ventet: 0, uke: null, antallMal: 48 });
		const id = async (kolonne: 'uke' | 'godkjent', synkende: boolean) =>
			(await liste({ kolonne, synkende })).map((rad) => rad.id);
		expect(await id('uke', true)).toEqual([en.id, cast.lis.id, to.id]);
		expect(await id('uke', false)).toEqual([cast.lis.id, en.id, to.id]);
		expect((await id('godkjent', true))[0]).toBe(en.id);
	});
});
