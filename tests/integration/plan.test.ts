import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '#lib/domain/feil.ts';
import { arkiverPlan } from '#lib/server/commands/arkiver-plan.ts';
import { behandlePlan } from '#lib/server/commands/behandle-plan.ts';
import { delPlan } from '#lib/server/commands/del-plan.ts';
import { begynnPlaner } from '#lib/server/commands/lib/laering.ts';
import { slettPlan } from '#lib/server/commands/slett-plan.ts';
import { tildelPlan } from '#lib/server/commands/tildel-plan.ts';
import { transaction } from '#lib/server/db/pool.ts';
import { handlePlanInaktivitet } from '#lib/server/jobs/handlers/plan-inaktivitet.ts';
import { createLogger } from '#lib/server/log.ts';
import { gjorPlan, nyPlan, planTil } from '../support/plan.ts';
import { World, type Person } from '../support/world.ts';

let world: World;
let folk: Awaited<ReturnType<World['cast']>>;
beforeEach(async () => {
	world = await World.create({ now: new Date('2026-11-22T10:00:00Z') });
	folk = await world.cast();
});
afterEach(() => world.destroy());

const code = (error: unknown) => (error instanceof AppError ? error.code : String(error));
async function answers(who: Person[], act: (person: Person) => Promise<unknown>): Promise<string[]> {
	const told: string[] = [];
	for (const person of who) told.push(await act(person).then(() => 'ok', code));
	return told;
}
const events = async (type: string) =>
	(await world.owner.selectFrom('hendelse').select('id').where('type', '=', type).execute()).length;

test('the leder gives a LIS a plan, takes one away that is not begun, and archives one that is', async () => {
	const { lis, leder, veileder, supervisor, hdir, drift, annenLis } = folk;
	const plan = await nyPlan(world);
	const give = async (person: Person) => tildelPlan(await world.ctx(person), { lisId: lis.id, plan });
	expect(await answers([lis, veileder, supervisor, hdir, drift, annenLis], give)).toEqual(
		['forbidden', 'forbidden', 'not_found', 'not_found', 'not_found', 'not_found'].map((svar) => svar)
	);
	await give(leder);
	expect(await answers([leder], give)).toEqual(['conflict']);
	const ctx = await world.ctx(leder);
	await expect(tildelPlan(ctx, { lisId: lis.id, plan: 'finnes-ikke' })).rejects.toMatchObject({ code: 'invalid' });
	await expect(tildelPlan(ctx, { lisId: 'tull', plan })).rejects.toMatchObject({ code: 'not_found' });

	const gitt = await planTil(world, lis, plan);
	expect(await answers([leder], () => arkiverPlan(ctx, { planId: gitt.id }))).toEqual(['conflict']);
	expect(await answers([lis, annenLis], async (p) => slettPlan(await world.ctx(p), { planId: gitt.id }))).toEqual([
		...['forbidden', 'not_found']
	]);
	await slettPlan(ctx, { planId: gitt.id });
	await give(leder);
	await transaction(world.web, async (trx) => begynnPlaner(trx, await world.ctx(lis), lis.id, ['KLK-001']));
	const begynt = await planTil(world, lis, plan);
	expect(await answers([leder], () => slettPlan(ctx, { planId: begynt.id }))).toEqual(['conflict']);
	await arkiverPlan(ctx, { planId: begynt.id });
	// An archived one can be given anew.
	await give(leder);
	expect([await events('plan.tildelt'), await events('plan.slettet'), await events('plan.arkivert')]).toEqual([
		3, 1, 1
	]);
});

test('fifty who assign the same plan at once give it once', async () => {
	const plan = await nyPlan(world);
	const ctx = await world.ctx(folk.leder);
	const told = await Promise.all(
		Array.from({ length: 50 }, () => tildelPlan(ctx, { lisId: folk.lis.id, plan }).then(() => 'ok', code))
	);
	expect(told.filter((svar) => svar === 'ok')).toHaveLength(1);
	expect(told.filter((svar) => svar === 'conflict')).toHaveLength(49);
});

test('the LIS shares a finished plan; Helsedirektoratet, which knew nothing of it, is done with it once', async () => {
	const { lis, leder, veileder, hdir, drift } = folk;
	const { id: planId } = await planTil(world, lis);
	const share = async (person: Person) => delPlan(await world.ctx(person), { planId });
	const settle = async (person: Person) => behandlePlan(await world.ctx(person), { planId });
	expect(await answers([lis], share)).toEqual(['conflict']);
	await gjorPlan(world, folk, { mal: new Map() });
	await world.owner.updateTable('plan_tildeling').set({ status: 'fullfort' }).where('id', '=', planId).execute();
	expect(await answers([leder, veileder, hdir, drift], share)).toEqual([
		...['forbidden', 'forbidden', 'not_found', 'not_found']
	]);
	expect(await answers([hdir], settle)).toEqual(['not_found']);
	await share(lis);
	expect(await answers([lis], share)).toEqual(['conflict']);
	expect(await answers([lis, leder, drift], settle)).toEqual(['not_found', 'not_found', 'not_found']);
	const ctx = await world.ctx(hdir);
	const told = await Promise.all(
		Array.from({ length: 50 }, () => behandlePlan(ctx, { planId }).then(() => 'ok', code))
	);
	expect(told.filter((svar) => svar === 'ok')).toHaveLength(1);
	expect(await events('plan.behandlet')).toBe(1);
	// Who has shared a plan can be given another by Helsedirektoratet.
	await tildelPlan(ctx, { lisId: lis.id, plan: await nyPlan(world) });
});

test('a plan in which nothing was done for a year goes inactive, once, with a mail; permisjon holds it, and the next act wakes it', async () => {
	const { lis, annenLis } = folk;
	const worker = world.connect('lisk_worker');
	const run = (now: string) =>
		handlePlanInaktivitet({
			...{
				db: worker,
				now: new Date(now),
				log: createLogger('worker', 'silent'),
				inactivityMonths: 12,
				samtaleWeeks: 6
			},
			...{ pidKey: new Uint8Array(32), postmann: { send: () => Promise.resolve() } }
		});
	const status = async (person: Person) => (await planTil(world, person)).status;
	await transaction(world.web, async (trx) => begynnPlaner(trx, await world.ctx(lis), lis.id, ['KLK-001']));
	await world.owner
		.insertInto('fravaer')
		.values({
			...{
				id: crypto.randomUUID(),
				lis_id: lis.id,
				slag: 'permisjon',
				fra: '2027-08-01',
				til: '2028-01-10',
				prosent: 100
			},
			...{ opprettet_av: lis.id, created_at: world.now }
		})
		.execute();
	await run('2027-11-21T04:40:00Z');
	expect([await status(lis), await status(annenLis)]).toEqual(['paabegynt', 'tildelt']);
	// Midnight has passed in Norway, not in UTC.
	await run('2027-11-21T23:30:00Z');
	await run('2027-11-22T04:40:00Z');
	expect([await status(lis), await status(annenLis)]).toEqual(['paabegynt', 'inaktiv']);
	await run('2029-01-09T04:40:00Z');
	expect(await status(lis)).toBe('paabegynt');
	await run('2029-01-10T04:40:00Z');
	expect(await status(lis)).toBe('inaktiv');
	const mail = await world.owner
		.selectFrom('epost')
		.select(['mal', 'mottaker_id', 'data'])
		.orderBy('created_at')
		.execute();
	expect(mail).toEqual(
		[annenLis, lis].map((person) => ({
			...{ mal: 'plan_deaktivert', mottaker_id: person.id },
			data: { plan: 'LIS1 i kommunen', maneder: 12 }
		}))
	);
	const ctx = { ...(await world.ctx(lis)), now: new Date('2029-01-11T10:00:00Z') };
	await transaction(world.web, (trx) => begynnPlaner(trx, ctx, lis.id, ['KLK-001']));
	expect(await planTil(world, lis)).toMatchObject({ status: 'paabegynt', inaktivAt: null });
	await run('2029-01-12T04:40:00Z');
	expect(await status(lis)).toBe('paabegynt');
});
