import { afterAll, beforeAll, expect, test } from 'vitest';
import { VARSELGRUPPER } from '#lib/domain/varsel/grupper.ts';
import { bekreftMal } from '#lib/server/commands/bekreft-mal.ts';
import { trekkBekreftelse } from '#lib/server/commands/trekk-bekreftelse.ts';
import { trekkGodkjenning } from '#lib/server/commands/trekk-godkjenning.ts';
import { handleInaktivitet } from '#lib/server/jobs/handlers/inaktivitet.ts';
import { handlePlanInaktivitet } from '#lib/server/jobs/handlers/plan-inaktivitet.ts';
import { createLogger } from '#lib/server/log.ts';
import { findMal } from '#lib/server/queries/maloppnaelse.ts';
import { inviter, invitert } from '../support/folk.ts';
import { gjorPlan, planTil } from '../support/plan.ts';
import { World, type Person } from '../support/world.ts';

/** S18: six mails go whatever has been chosen, and make no card. Here everybody has turned everything off. */

let world: World;
let folk: Awaited<ReturnType<World['cast']>>;
beforeAll(async () => {
	world = await World.create({ now: new Date('2026-11-22T10:00:00Z') });
	folk = await world.cast();
	await gjorPlan(world, folk, { delt: { behandlet: false } });
	await gjorPlan(world, { ...folk, lis: folk.annenLis, veileder: folk.annenVeileder });
	await world.owner.updateTable('bruker').set({ ingen_epost: true }).execute();
	const alle = await world.owner.selectFrom('bruker').select('id').execute();
	const av = { umiddelbar: false, ukentlig: false, hjem: false };
	await world.owner
		.insertInto('varselvalg')
		.values(alle.flatMap(({ id }) => VARSELGRUPPER.map((gruppe) => ({ bruker_id: id, gruppe, ...av }))))
		.execute();
	await world.owner.deleteFrom('varsel').execute();
});
afterAll(() => world.destroy());

/** The mails that `work` has caused, and that nobody has got a card of it. */
async function brevAv(work: () => Promise<unknown>): Promise<{ mal: string; til: string | null }[]> {
	await world.owner.deleteFrom('epost').execute();
	await work();
	expect(await world.owner.selectFrom('varsel').select('type').execute()).toEqual([]);
	const brev = await world.owner.selectFrom('epost').select(['mal', 'mottaker_id']).orderBy('mal').execute();
	return brev.map(({ mal, mottaker_id: til }) => ({ mal, til }));
}

const ett = async (lis: Person, kode: string) => {
	const mal = await findMal(world.web, lis.id, kode);
	if (!mal) throw new Error(`no ${kode}`);
	return mal;
};
const jobb = (now: string) => ({
	...{ db: world.connect('lisk_worker'), now: new Date(now), log: createLogger('worker', 'silent') },
	...{ inactivityMonths: 12, samtaleWeeks: 6, pidKey: new Uint8Array(32), postmann: { send: () => Promise.resolve() } }
});

test('the invitation', async () => {
	const innby = async () => inviter(world, await world.ctx(folk.lis), invitert('Ny Person', 'supervisor'));
	expect(await brevAv(innby)).toEqual([{ mal: 'invitasjon', til: null }]);
});

test('Helsedirektoratet confirms a goal, and withdraws it', async () => {
	const [ctx, planId] = [await world.ctx(folk.hdir), (await planTil(world, folk.lis)).id];
	const til = folk.lis.id;
	const bekreft = async () => bekreftMal(ctx, { planId, mal: [await ett(folk.lis, 'KLK-001')] });
	expect(await brevAv(bekreft)).toEqual([{ mal: 'mal_bekreftet', til }]);
	const trekk = async () => trekkBekreftelse(ctx, { planId, mal: [await ett(folk.lis, 'KLK-001')], grunn: 'Feil' });
	expect(await brevAv(trekk)).toEqual([{ mal: 'mal_trukket', til }]);
});

test('the leder withdraws an approval', async () => {
	await world.relate(folk.annenLis, folk.leder, 'leder');
	const trekk = async () =>
		trekkGodkjenning(await world.ctx(folk.leder), {
			...{ ...(await ett(folk.annenLis, 'KLK-001')), lisId: folk.annenLis.id, grunn: 'Feil' }
		});
	expect(await brevAv(trekk)).toEqual([{ mal: 'mal_trukket', til: folk.annenLis.id }]);
});

test('a plan is deactivated for inactivity', async () => {
	const brev = await brevAv(() => handlePlanInaktivitet(jobb('2028-01-10T04:40:00Z')));
	expect(brev).toContainEqual({ mal: 'plan_deaktivert', til: folk.annenLis.id });
	expect(new Set(brev.map(({ mal }) => mal))).toEqual(new Set(['plan_deaktivert']));
});

test('a user will be deactivated, and is', async () => {
	const bare = async (now: string) => {
		const brev = await brevAv(() => handleInaktivitet(jobb(now)));
		expect(new Set(brev.map(({ til }) => til)).size).toBe(brev.length);
		return new Set(brev.map(({ mal }) => mal));
	};
	expect(await bare('2027-10-25T04:20:00Z')).toEqual(new Set(['konto_deaktiveres']));
	expect(await bare('2027-11-17T04:20:00Z')).toEqual(new Set(['konto_deaktiveres']));
	expect(await bare('2027-11-26T04:20:00Z')).toEqual(new Set(['konto_deaktivert']));
});
