import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#lib/domain/feil.ts';
import { bekreftMal } from '#lib/server/commands/bekreft-mal.ts';
import { trekkBekreftelse } from '#lib/server/commands/trekk-bekreftelse.ts';
import { trekkGodkjenning } from '#lib/server/commands/trekk-godkjenning.ts';
import { findMal } from '#lib/server/queries/maloppnaelse.ts';
import { gjorPlan, planTil } from '../support/plan.ts';
import { World } from '../support/world.ts';

let world: World;
let folk: Awaited<ReturnType<World['cast']>>;
let planId: string;
beforeEach(async () => {
	world = await World.create({ now: new Date('2026-11-22T10:00:00Z') });
	folk = await world.cast();
	planId = (await planTil(world, folk.lis)).id;
});
afterEach(() => world.destroy());

const code = (error: unknown) => (error instanceof AppError ? error.code : String(error));
const se = async (...koder: string[]) =>
	Promise.all(
		koder.map(async (kode) => {
			const mal = await findMal(world.web, folk.lis.id, kode);
			if (!mal) throw new Error(`no ${kode}`);
			return mal;
		})
	);
const epost = () =>
	world.owner.selectFrom('epost').select(['mal', 'mottaker_id', 'data']).orderBy('created_at').execute();

test('before the plan is shared there is nothing to rule on, and afterwards for nobody but Helsedirektoratet', async () => {
	const { lis, leder, veileder, supervisor, hdir, drift } = folk;
	const mal = [{ kode: 'KLK-001', versjon: 1 }];
	await expect(bekreftMal(await world.ctx(hdir), { planId, mal })).rejects.toMatchObject({ code: 'not_found' });
	await gjorPlan(world, folk, { delt: { behandlet: false } });
	for (const who of [lis, leder, veileder, supervisor, drift]) {
		const ctx = await world.ctx(who);
		await expect(bekreftMal(ctx, { planId, mal })).rejects.toMatchObject({ code: 'not_found' });
		await expect(trekkBekreftelse(ctx, { planId, mal, grunn: 'x' })).rejects.toMatchObject({ code: 'not_found' });
	}
	const ctx = await world.ctx(hdir);
	await expect(bekreftMal(ctx, { planId: 'tull', mal })).rejects.toMatchObject({ code: 'not_found' });
	await expect(bekreftMal(ctx, { planId, mal: [{ kode: 'X-001', versjon: 1 }] })).rejects.toMatchObject({
		code: 'not_found'
	});
	expect(await epost()).toEqual([]);
});

test('several are confirmed at once, in one mail; fifty at the same time confirm once; the leder cannot withdraw it any more', async () => {
	await gjorPlan(world, folk, { delt: { behandlet: false } });
	const ctx = await world.ctx(folk.hdir);
	const mal = await se('KLK-001', 'KLK-002');
	const feil = mal.map((ett) => ({ ...ett, versjon: ett.versjon - 1 }));
	await expect(bekreftMal(ctx, { planId, mal: feil })).rejects.toMatchObject({ code: 'conflict' });
	const told = await Promise.all(
		Array.from({ length: 50 }, () => bekreftMal(ctx, { planId, mal }).then(() => 'ok', code))
	);
	expect(told.filter((svar) => svar === 'ok')).toHaveLength(1);
	expect(told.filter((svar) => svar === 'conflict')).toHaveLength(49);
	expect((await se('KLK-001', 'KLK-002', 'KLK-003')).map(({ bekreftetAt }) => bekreftetAt)).toEqual([
		...[world.now, world.now, null]
	]);
	expect(await epost()).toEqual([
		{
			...{ mal: 'mal_bekreftet', mottaker_id: folk.lis.id },
			data: { mal: mal.map(({ kode }) => ({ kode, tittel: expect.any(String) as string })) }
		}
	]);
	const [forste] = await se('KLK-001');
	if (!forste) throw new Error('no goal');
	await expect(
		trekkGodkjenning(await world.ctx(folk.leder), { ...forste, lisId: folk.lis.id, grunn: 'Angrer' })
	).rejects.toMatchObject({ code: 'conflict' });
});

test('a confirmation and an approval are withdrawn with a reason; the plan is open again, and the mail has no reason in it', async () => {
	await gjorPlan(world, folk, { delt: { behandlet: true } });
	const ctx = await world.ctx(folk.hdir);
	await bekreftMal(ctx, { planId, mal: await se('KLK-001') });
	const mal = await se('KLK-001', 'KLK-002');
	await trekkBekreftelse(ctx, { planId, mal, grunn: 'For tynt grunnlag' });
	expect(await se('KLK-001', 'KLK-002')).toMatchObject(
		mal.map(() => ({ status: 'trukket', grunn: 'For tynt grunnlag', avgjortRolle: 'hdir', bekreftetAt: null }))
	);
	expect(await planTil(world, folk.lis)).toMatchObject({ status: 'paabegynt', behandletAt: null });
	const sendt = (await epost()).filter((en) => en.mal === 'mal_trukket');
	expect(sendt.map(({ data }) => data)).toMatchObject(mal.map(({ kode }) => ({ kode, leder: null })));
	expect(JSON.stringify(sendt)).not.toContain('tynt');
	const hendelser = await world.owner
		.selectFrom('hendelse')
		.select('type')
		.where('aktor_id', '=', folk.hdir.id)
		.where('type', 'like', 'mal.%')
		.orderBy('id')
		.execute();
	expect(hendelser.map(({ type }) => type)).toEqual([
		'mal.bekreftet',
		'mal.bekreftelse-trukket',
		'mal.godkjenning-trukket'
	]);
	// It is no case of Helsedirektoratet's before the LIS shares it again.
	await expect(bekreftMal(ctx, { planId, mal: await se('KLK-003') })).rejects.toMatchObject({ code: 'not_found' });
});
