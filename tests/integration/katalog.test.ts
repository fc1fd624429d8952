import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#lib/domain/feil.ts';
import { KOMMUNAL_PLAN, type Katalog } from '#lib/domain/laering/katalog.ts';
import type { UtkastMal } from '#lib/domain/laering/katalog-skjema.ts';
import { flyttTilVersjon } from '#lib/server/commands/flytt-plan.ts';
import { flyttMalIUtkast, lagreMal, slettMal } from '#lib/server/commands/katalog/mal.ts';
import { publiserKatalog } from '#lib/server/commands/katalog/publiser.ts';
import { endreHode, forkastUtkast, nyPlan, nyttUtkast } from '#lib/server/commands/katalog/utkast.ts';
import { sql } from '#lib/server/db/pool.ts';
import { findGjeldendeKatalogId, findKatalog, listKataloger } from '#lib/server/queries/katalog.ts';
import { listMalForLis } from '#lib/server/queries/maloppnaelse.ts';
import { gjorPlan, planTil } from '../support/plan.ts';
import { World, type Person } from '../support/world.ts';

let world: World;
let folk: Awaited<ReturnType<World['cast']>>;
beforeEach(async () => {
	world = await World.create({ now: new Date('2026-11-22T10:00:00Z') });
	folk = await world.cast();
});
afterEach(() => world.destroy());

const code = (error: unknown) => (error instanceof AppError ? error.code : String(error));
const les = async (id: string): Promise<Katalog> => {
	const katalog = await findKatalog(world.web, id);
	if (!katalog) throw new Error('no such version');
	return katalog;
};
const som = (mal: Katalog['mal'][number] | undefined, mer: Partial<UtkastMal> = {}): UtkastMal => {
	if (!mal) throw new Error('no such goal');
	return {
		...{ kode: mal.kode, nivaer: mal.nivaer, arenaer: mal.arenaer, skjerpet: mal.skjerpet },
		...{ tema_nb: mal.tema.nb, tema_nn: mal.tema.nn, tittel_nb: mal.tittel.nb, tittel_nn: mal.tittel.nn },
		krav: mal.krav.map(({ id, tittel, slag }) => ({ id, ...tittel, slag })),
		...mer
	};
};
const publisering = { gyldig_fra: '2027-09-01', overgang_til: '2029-09-01' };

test('a draft is made from the newest version, edited, put in order and published; then nothing in it changes', async () => {
	const ctx = await world.ctx(folk.hdir);
	const { id } = await nyttUtkast(ctx, { plan: KOMMUNAL_PLAN });
	await expect(nyttUtkast(ctx, { plan: KOMMUNAL_PLAN })).rejects.toMatchObject({ code: 'conflict' });
	const start = await les(id);
	expect([start.versjon, start.mal.length, start.status]).toEqual([3, 48, 'utkast']);

	const forste = start.mal[0];
	const krav = [...som(forste).krav.slice(1), { id: null, nb: 'Ny øvelse', nn: 'Ny øving', slag: 'signeres' as const }];
	await lagreMal(ctx, { id, ny: false, mal: som(forste, { tittel_nb: 'Andre ord', skjerpet: true, krav }) });
	await lagreMal(ctx, { id, ny: true, mal: som(forste, { kode: 'EGEN-001', krav: [] }) });
	await expect(lagreMal(ctx, { id, ny: true, mal: som(forste) })).rejects.toMatchObject({ code: 'invalid' });
	await slettMal(ctx, { id, kode: 'KLK-040' });
	await flyttMalIUtkast(ctx, { id, kode: 'EGEN-001', opp: true });
	await endreHode(ctx, { id, navn_nb: 'Ny liste', navn_nn: 'Ny liste', merknad_nb: null, merknad_nn: null });
	const etter = await les(id);
	expect(etter.navn.nb).toBe('Ny liste');
	expect(etter.mal.map(({ kode }) => kode).slice(-2)).toEqual(['EGEN-001', 'FKMK-008']);
	expect(etter.mal[0]?.krav.map(({ tittel, egetForslag }) => [tittel.nb, egetForslag])).toEqual([
		...[
			['Simulering', true],
			['Saksdrøfting', true]
		],
		['Ny øvelse', false]
	]);
	expect(etter.mal[0]?.krav.slice(0, 2).map((en) => en.id)).toEqual(forste?.krav.slice(1).map((en) => en.id));

	await expect(publiserKatalog(ctx, { id, gyldig_fra: '2025-09-01', overgang_til: null })).rejects.toMatchObject({
		code: 'invalid'
	});
	const told = await Promise.all(
		Array.from({ length: 50 }, () => publiserKatalog(ctx, { id, ...publisering }).then(() => 'ok', code))
	);
	expect(told.filter((svar) => svar === 'ok')).toHaveLength(1);
	expect(told.filter((svar) => svar === 'conflict')).toHaveLength(49);
	for (const act of [
		() => slettMal(ctx, { id, kode: 'KLK-001' }),
		() => forkastUtkast(ctx, { id }),
		() => lagreMal(ctx, { id, ny: false, mal: som(forste) }),
		() => publiserKatalog(ctx, { id, ...publisering })
	])
		await expect(act()).rejects.toMatchObject({ code: 'conflict' });
	const versjoner = (await listKataloger(world.web)).filter((en) => en.plan === KOMMUNAL_PLAN);
	expect(versjoner.map(({ versjon, overgangTil }) => [versjon, overgangTil])).toEqual([
		...[
			[3, null],
			[2, '2029-09-01'],
			[1, '2027-09-01']
		]
	]);
	expect(await findGjeldendeKatalogId(world.web, KOMMUNAL_PLAN, '2027-08-31')).toBe(versjoner[1]?.id);
	expect(await findGjeldendeKatalogId(world.web, KOMMUNAL_PLAN, '2027-09-01')).toBe(id);
});

test('nobody but Helsedirektoratet learns that drafts exist; a discarded one is gone; an own plan begins empty', async () => {
	const hdir = await world.ctx(folk.hdir);
	const { id } = await nyttUtkast(hdir, { plan: KOMMUNAL_PLAN });
	for (const who of [folk.lis, folk.veileder, folk.leder, folk.supervisor, folk.drift]) {
		const ctx = await world.ctx(who);
		for (const act of [
			async () => nyttUtkast(ctx, { plan: KOMMUNAL_PLAN }),
			async () => slettMal(ctx, { id, kode: 'KLK-001' }),
			async () => publiserKatalog(ctx, { id, ...publisering }),
			async () => forkastUtkast(ctx, { id }),
			async () => flyttTilVersjon(ctx, { planIder: [(await planTil(world, folk.lis)).id], katalogId: id })
		])
			await expect(act()).rejects.toMatchObject({ code: 'not_found' });
	}
	await forkastUtkast(hdir, { id });
	expect(await findKatalog(world.web, id)).toBeUndefined();
	for (const ukjent of [id, 'tull'])
		await expect(forkastUtkast(hdir, { id: ukjent })).rejects.toMatchObject({ code: 'not_found' });
	const egen = await nyPlan(hdir, { plan: 'egen-plan', navn_nb: 'Egen', navn_nn: 'Eigen' });
	await expect(nyPlan(hdir, { plan: 'egen-plan', navn_nb: 'X', navn_nn: 'X' })).rejects.toMatchObject({
		code: 'invalid'
	});
	await expect(publiserKatalog(hdir, { id: egen.id, ...publisering })).rejects.toMatchObject({ code: 'conflict' });
});

const signert = async (lis: Person) =>
	(
		await sql`select a.*, array(select kode from laeringsaktivitet_mal m where m.aktivitet_id = a.id order by 1) as koder
			from laeringsaktivitet a where a.lis_id = ${lis.id} order by a.id`.execute(world.owner)
	).rows;

test('moved to a newer version, what is stricter falls and the rest carries over; nothing that was done is lost', async () => {
	const { lis, hdir, annenLis } = folk;
	const ctx = await world.ctx(hdir);
	const status = { 'KLK-001': 'godkjent', 'KLK-002': 'sendt', 'KLK-003': 'godkjent', 'KLK-004': 'sendt' } as const;
	const mal = { ...status, 'KLK-005': 'underkjent', 'KLK-006': 'godkjent', 'KLK-007': 'pagar' } as const;
	await gjorPlan(world, folk, { mal: new Map(Object.entries(mal)) });
	const foer = await signert(lis);
	expect(foer.length).toBeGreaterThan(8);
	const plan = await planTil(world, lis);

	const { id } = await nyttUtkast(ctx, { plan: KOMMUNAL_PLAN });
	const finn = async (kode: string) => (await les(id)).mal.find((ett) => ett.kode === kode);
	for (const kode of ['KLK-001', 'KLK-002', 'KLK-005'])
		await lagreMal(ctx, { id, ny: false, mal: som(await finn(kode), { skjerpet: true }) });
	for (const kode of ['KLK-003', 'KLK-004'])
		await lagreMal(ctx, { id, ny: false, mal: som(await finn(kode), { tittel_nb: 'Andre ord', krav: [] }) });
	await slettMal(ctx, { id, kode: 'KLK-006' });
	const flytt = () => flyttTilVersjon(ctx, { planIder: [plan.id], katalogId: id });
	await expect(flytt()).rejects.toMatchObject({ code: 'not_found' });
	await publiserKatalog(ctx, { id, ...publisering });
	const told = await Promise.all(Array.from({ length: 50 }, () => flytt().then(() => 'ok', code)));
	expect(told.filter((svar) => svar === 'ok')).toHaveLength(1);
	expect(told.filter((svar) => svar === 'conflict')).toHaveLength(49);

	const etter = new Map((await listMalForLis(world.web, lis.id)).map((ett) => [ett.kode, ett]));
	expect(['KLK-001', 'KLK-002', 'KLK-003', 'KLK-004', 'KLK-005'].map((kode) => etter.get(kode)?.status)).toEqual([
		...['pagar', 'pagar', 'godkjent', 'sendt', 'underkjent']
	]);
	expect([...etter.values()].every(({ katalogId }) => katalogId === id)).toBe(true);
	expect(etter.get('KLK-006')).toBeUndefined();
	const borte = await world.owner
		.selectFrom('maloppnaelse')
		.select('status')
		.where('lis_id', '=', lis.id)
		.where('kode', '=', 'KLK-006')
		.execute();
	expect(borte).toEqual([{ status: 'godkjent' }]);
	expect(await signert(lis)).toEqual(foer);
	const falt = await world.owner
		.selectFrom('hendelse')
		.select('data')
		.where('type', '=', 'mal.flyttet')
		.orderBy('id')
		.execute();
	expect(falt.map(({ data }) => data)).toMatchObject([
		...[
			{ kode: 'KLK-001', fra: 'godkjent' },
			{ kode: 'KLK-002', fra: 'sendt' }
		]
	]);
	// The other LIS was not moved.
	expect((await planTil(world, annenLis)).katalogId).not.toBe(id);
});

test('a finished plan is not finished any more when an approval falls', async () => {
	const ctx = await world.ctx(folk.hdir);
	await gjorPlan(world, folk, { delt: { behandlet: false } });
	const { id } = await nyttUtkast(ctx, { plan: KOMMUNAL_PLAN });
	const forste = (await les(id)).mal[0];
	await lagreMal(ctx, { id, ny: false, mal: som(forste, { skjerpet: true }) });
	await publiserKatalog(ctx, { id, ...publisering });
	await flyttTilVersjon(ctx, { planIder: [(await planTil(world, folk.lis)).id], katalogId: id });
	expect(await planTil(world, folk.lis)).toMatchObject({ status: 'paabegynt', katalogId: id, deltAt: null });
});
