import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { enigIUtdanningsplan } from '#lib/server/commands/enig-i-utdanningsplan.ts';
import { skrivUtdanningsplan } from '#lib/server/commands/skriv-utdanningsplan.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentUtdanningsplan } from '#lib/server/views/utdanningsplan.ts';
import { outcome } from '../support/outcome.ts';
import { hendelser } from '../support/signering.ts';
import { World } from '../support/world.ts';

/** The individual training plan: written and agreed on by three, every version kept. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let ctx: Record<'lis' | 'veileder' | 'leder', Ctx>;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	const [lis, veileder, leder] = await Promise.all([
		world.ctx(cast.lis),
		world.ctx(cast.veileder),
		world.ctx(cast.leder)
	]);
	ctx = { lis, veileder, leder };
});
afterAll(() => world.destroy());

const TOM = { mal: null, behov: null, tiltak: null, arenaer: null, avtale: null };
const skriv = (en: Ctx, versjon: number, mal: string) =>
	skrivUtdanningsplan(en, { lisId: cast.lis.id, versjon, ...TOM, mal });
const enig = (en: Ctx, versjon: number) => enigIUtdanningsplan(en, { lisId: cast.lis.id, versjon });
const side = (en: Ctx = ctx.lis) => hentUtdanningsplan(en, cast.lis.id);

describe('rights', () => {
	test('the LIS, the veileder and the leder read, write and agree; nobody else knows of it', async () => {
		await skriv(ctx.lis, 0, 'Trygg på legevakt');
		for (const en of Object.values(ctx)) {
			expect(await outcome(side(en))).toBe('ok');
			expect(await outcome(enig(en, 1))).toBe('ok');
		}
		await skriv(ctx.veileder, 1, 'Trygg på legevakt og sykehjem');
		await skriv(ctx.leder, 2, 'Trygg overalt');
		for (const person of [cast.supervisor, cast.hdir, cast.drift, cast.annenLis, cast.annenVeileder]) {
			const en = await world.ctx(person);
			expect(await outcome(side(en))).toBe('not_found');
			expect(await outcome(skriv(en, 3, 'Innbrudd'))).toBe('not_found');
			expect(await outcome(enig(en, 3))).toBe('not_found');
		}
		const forrige = await world.person('forrige');
		await world.relate(cast.lis, forrige, 'veileder', world.past(1));
		const en = await world.ctx(forrige);
		expect([await outcome(side(en)), await outcome(skriv(en, 3, 'Sent')), await outcome(enig(en, 3))]).toEqual([
			'ended',
			'ended',
			'ended'
		]);
		expect((await side()).nyeste?.innhold.mal).toBe('Trygg overalt');
	});

	test('that others opened it is noted, the LIS’ own reading is not', async () => {
		await skriv(ctx.lis, 0, 'Trygg');
		for (const en of Object.values(ctx)) await side(en);
		const innsyn = await world.owner
			.selectFrom('innsyn')
			.select(['person_id', 'rolle', 'objekt'])
			.where('lis_id', '=', cast.lis.id)
			.orderBy('rolle')
			.execute();
		expect(innsyn).toEqual([
			{ person_id: cast.leder.id, rolle: 'leder', objekt: 'utdanningsplan' },
			{ person_id: cast.veileder.id, rolle: 'veileder', objekt: 'utdanningsplan' }
		]);
	});
});

describe('versions', () => {
	test('each stays readable with who wrote it and who agreed; the new one has to be agreed on anew', async () => {
		await skriv(ctx.lis, 0, 'Første');
		await enig(ctx.lis, 1);
		await enig(ctx.leder, 1);
		expect((await side(ctx.leder)).abilities.enig).toBe(false);
		await skriv(ctx.veileder, 1, 'Andre');
		const { nyeste, tidligere, abilities } = await side(ctx.leder);
		expect(nyeste).toMatchObject({ versjon: 2, skrevetAv: cast.veileder.navn, innhold: { mal: 'Andre' } });
		expect(nyeste?.enige.every(({ at }) => at === null)).toBe(true);
		expect(abilities.enig).toBe(true);
		expect(tidligere).toMatchObject([{ versjon: 1, innhold: { mal: 'Første' }, skrevetAv: cast.lis.navn }]);
		expect(tidligere[0]?.enige.map(({ rolle, navn }) => [rolle, navn])).toEqual([
			['lis', cast.lis.navn],
			['veileder', null],
			['leder', cast.leder.navn]
		]);
		expect((await hendelser(world, { lisId: cast.lis.id })).map((en) => [en.type, en.aktor_rolle])).toEqual([
			['utdanningsplan.skrevet', 'lis'],
			['utdanningsplan.enig', 'lis'],
			['utdanningsplan.enig', 'leder'],
			['utdanningsplan.skrevet', 'veileder']
		]);
	});

	test('nobody writes over what they have not seen, and nobody agrees on it', async () => {
		await skriv(ctx.lis, 0, 'Første');
		await skriv(ctx.veileder, 1, 'Andre');
		expect(await outcome(skriv(ctx.leder, 1, 'Tredje'))).toBe('conflict: utdanningsplan_konflikt_endret');
		expect(await outcome(enig(ctx.leder, 1))).toBe('conflict: utdanningsplan_konflikt_ny');
		expect((await side()).nyeste?.innhold.mal).toBe('Andre');
	});

	test('what says the same is no new version', async () => {
		await skriv(ctx.lis, 0, 'Første');
		await enig(ctx.leder, 1);
		await skriv(ctx.veileder, 1, 'Første');
		expect((await side()).nyeste?.versjon).toBe(1);
		expect(await outcome(enig(ctx.leder, 1))).toBe('conflict: utdanningsplan_konflikt_enig');
	});

	test('20 at once on top of the same one: exactly one', async () => {
		const svar = await Promise.all(Array.from({ length: 20 }, (_, i) => outcome(skriv(ctx.lis, 0, `Tekst ${i}`))));
		expect(svar.filter((en) => en === 'ok')).toHaveLength(1);
		expect((await side()).tidligere).toEqual([]);
	});

	test('one who is both veileder and leder agrees as both', async () => {
		const begge = await world.person('begge');
		const lis = await world.person('lis-alene', { lis: true });
		for (const rolle of ['veileder', 'leder'] as const) await world.relate(lis, begge, rolle);
		const en = await world.ctx(begge);
		await skrivUtdanningsplan(en, { lisId: lis.id, versjon: 0, ...TOM, mal: 'Sammen' });
		await enigIUtdanningsplan(en, { lisId: lis.id, versjon: 1 });
		const { nyeste, abilities } = await hentUtdanningsplan(en, lis.id);
		expect(nyeste?.enige.map(({ navn }) => navn)).toEqual([null, begge.navn, begge.navn]);
		expect(abilities.enig).toBe(false);
	});
});
