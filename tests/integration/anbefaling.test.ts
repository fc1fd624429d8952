import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { MAL_STATUSER } from '#lib/domain/laering/mal.ts';
import { anbefalMal, trekkAnbefaling } from '#lib/server/commands/anbefal-mal.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findMal } from '#lib/server/queries/maloppnaelse.ts';
import { aktivitet, anbefalt, hendelser, mal, malMedKrav } from '../support/signering.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** Who recommends which læringsmål, and takes it back, in which state. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lisId: string;
let kode: string;
let krav: string[];

beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	lisId = cast.lis.id;
	({ kode, krav } = await malMedKrav(world, cast.lis));
});
afterAll(() => world.destroy());

const anbefalinger = () =>
	world.owner
		.selectFrom('anbefaling')
		.select(['kode', 'av', 'rolle', 'trukket_at'])
		.where('lis_id', '=', lisId)
		.orderBy('kode')
		.execute();

test.each(MAL_STATUSER)('%s: the veileder, several at once; not what is approved', async (status) => {
	await mal(world, cast.lis, kode, status, cast.leder);
	const andre = await malMedKrav(world, cast.lis, 1);
	const svar = await outcome(anbefalMal(await world.ctx(cast.veileder), { lisId, koder: [andre.kode, kode] }));
	if (status === 'godkjent') {
		expect(svar).toBe('conflict: laering_konflikt_mal_godkjent');
		expect(await anbefalinger()).toEqual([]);
	} else {
		expect(svar).toBe('ok');
		expect(await anbefalinger()).toMatchObject([
			{ kode, av: cast.veileder.id, rolle: 'veileder', trukket_at: null },
			{ kode: andre.kode, av: cast.veileder.id, rolle: 'veileder', trukket_at: null }
		]);
	}
});

test('a supervisør the goals that an aktivitet sent to them serves, and no other; nobody else', async () => {
	await aktivitet(world, { ...cast, koder: [kode] });
	const supervisor = await world.ctx(cast.supervisor);
	const andre = await malMedKrav(world, cast.lis, 1);
	expect(await outcome(anbefalMal(supervisor, { lisId, koder: [kode, andre.kode] }))).toBe('not_found');
	expect(await anbefalinger()).toEqual([]);
	expect(await outcome(anbefalMal(supervisor, { lisId, koder: [kode] }))).toBe('ok');
	for (const [who, expected] of [
		['lis', 'forbidden'],
		['leder', 'forbidden'],
		['hdir', 'not_found'],
		['drift', 'not_found'],
		['annenLis', 'not_found'],
		['annenVeileder', 'not_found']
	] as const)
		for (const work of [
			async (ctx: Ctx) => anbefalMal(ctx, { lisId, koder: [kode] }),
			async (ctx: Ctx) => trekkAnbefaling(ctx, { lisId, kode })
		])
			expect(await outcome(work(await world.ctx(cast[who]))), who).toBe(expected);
	expect(await anbefalinger()).toHaveLength(1);
	expect(await outcome(anbefalMal(supervisor, { lisId, koder: [] }))).toBe('invalid');
});

test('50 at once: one, with one event; taken back once, and given again', async () => {
	const veileder = await world.ctx(cast.veileder);
	const mange = (work: () => Promise<void>) => Promise.all(Array.from({ length: 50 }, () => outcome(work())));
	expect(new Set(await mange(() => anbefalMal(veileder, { lisId, koder: [kode] })))).toEqual(new Set(['ok']));
	expect(await anbefalinger()).toHaveLength(1);
	const trukket = await mange(() => trekkAnbefaling(veileder, { lisId, kode }));
	expect(trukket.filter((en) => en === 'ok')).toHaveLength(1);
	expect(new Set(trukket)).toEqual(new Set(['ok', 'conflict: godkjenning_konflikt_anbefaling_borte']));
	await anbefalMal(veileder, { lisId, koder: [kode] });
	expect((await hendelser(world, { lisId })).map(({ type }) => type)).toEqual([
		'mal.anbefalt',
		'mal.anbefaling-trukket',
		'mal.anbefalt'
	]);
	expect((await findMal(world.owner, lisId, kode))?.mangler).toEqual({
		krav: krav.length,
		veileder: false,
		supervisor: true
	});
});

test('an approval rests on the recommendations that stand: they cannot be taken back afterwards', async () => {
	await anbefalt(world, cast.lis, kode, cast.veileder, cast.supervisor);
	await mal(world, cast.lis, kode, 'godkjent', cast.leder);
	expect(await outcome(trekkAnbefaling(await world.ctx(cast.veileder), { lisId, kode }))).toBe(
		'conflict: laering_konflikt_mal_godkjent'
	);
});
