import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dagINorge } from '#lib/domain/dager.ts';
import { sendMal, trekkMal } from '#lib/server/commands/send-mal.ts';
import { sendAktivitet } from '#lib/server/commands/send-aktivitet.ts';
import { lagreAktivitet } from '#lib/server/commands/lagre-aktivitet.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findMal, updateMal } from '#lib/server/queries/maloppnaelse.ts';
import { hentLaering } from '#lib/server/views/laering.ts';
import { kravAv, utfylt } from '../support/laering.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** S14: the LIS sends a goal, takes it back and asks for a new assessment. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	lis = await world.ctx(cast.lis);
});
afterAll(() => world.destroy());

const KODE = 'KLK-001';
const mal = async (lisId = cast.lis.id) => {
	const rad = await findMal(world.owner, lisId, KODE);
	if (!rad) throw new Error('no such goal');
	return rad;
};
const sending = () => ({ kode: KODE, dato: dagINorge(world.now), kommentar: null });

describe('sending a goal', () => {
	test('takes its day and a word, though krav are missing (no goal is locked by a count)', async () => {
		await sendMal(lis, { ...sending(), kommentar: 'Mye vakt i høst' });
		expect(await mal()).toMatchObject({
			...{ status: 'sendt', fullfortDato: dagINorge(world.now), kommentar: 'Mye vakt i høst', nyVurdering: false },
			mangler: { veileder: true, supervisor: true }
		});
		expect(await outcome(sendMal(lis, sending()))).toBe('conflict: laering_konflikt_mal_sendt');
	});

	test('needs no leder: it waits for the one who comes', async () => {
		await sendMal(await world.ctx(cast.annenLis), sending());
		expect((await mal(cast.annenLis.id)).status).toBe('sendt');
	});

	test('of a day to come, and of a goal in no plan, is refused', async () => {
		expect(await outcome(sendMal(lis, { ...sending(), dato: '2099-01-01' }))).toBe('invalid');
		expect(await outcome(sendMal(lis, { ...sending(), kode: 'ABC-001' }))).toBe('not_found');
		for (const person of [cast.veileder, cast.leder, cast.supervisor, cast.hdir])
			expect(await outcome(sendMal(await world.ctx(person), sending()))).toBe('not_found');
	});

	test('50 at once: one is sent, and one event says so', async () => {
		const svar = await Promise.all(Array.from({ length: 50 }, () => outcome(sendMal(lis, sending()))));
		expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
		expect(svar.filter((s) => s === 'conflict: laering_konflikt_mal_sendt')).toHaveLength(49);
		const { id } = await mal();
		const hendelser = await world.owner.selectFrom('hendelse').select('type').where('objekt_id', '=', id).execute();
		expect(hendelser).toEqual([{ type: 'mal.sendt' }]);
	});

	test('can be taken back, and be asked for anew after it was underkjent', async () => {
		expect(await outcome(trekkMal(lis, { kode: KODE }))).toBe('conflict: laering_konflikt_mal_pagar');
		await sendMal(lis, sending());
		await trekkMal(lis, { kode: KODE });
		expect(await mal()).toMatchObject({ status: 'pagar', sendtAt: null });
		await sendMal(lis, sending());
		await updateMal(world.owner, (await mal()).id ?? '', {
			...{ status: 'underkjent', avgjort_at: world.now, avgjort_av: cast.leder.id, avgjort_rolle: 'leder' },
			grunn: 'For lite'
		});
		await sendMal(lis, { ...sending(), kommentar: 'Har gjort tre til' });
		expect(await mal()).toMatchObject({
			status: 'sendt',
			nyVurdering: true,
			grunn: null,
			kommentar: 'Har gjort tre til'
		});
	});
});

describe('the plan as it is seen', () => {
	test('by the LIS with drafts, by veileder and leder without, by nobody else', async () => {
		const krav = (await kravAv(world, KODE)).map(({ id }) => id);
		await sendAktivitet(lis, utfylt(world, krav[0] ?? '', cast.supervisor));
		await lagreAktivitet(lis, utfylt(world, krav[1] ?? '', cast.supervisor));
		const tilstander = async (ctx: Ctx) => {
			const { planer } = await hentLaering(ctx, cast.lis.id);
			const ett = planer[0]?.temaer.flatMap((tema) => tema.mal).find(({ kode }) => kode === KODE);
			return ett?.krav.map(({ tilstand }) => tilstand).slice(0, 2);
		};
		expect(await tilstander(lis)).toEqual(['venter', 'paabegynt']);
		for (const person of [cast.veileder, cast.leder])
			expect(await tilstander(await world.ctx(person))).toEqual(['venter', 'ikke_paabegynt']);
		for (const person of [cast.supervisor, cast.annenVeileder, cast.annenLis, cast.hdir, cast.drift])
			expect(await outcome(hentLaering(await world.ctx(person), cast.lis.id))).toBe('not_found');
		const { planer } = await hentLaering(lis, cast.lis.id);
		expect(planer).toMatchObject([{ status: 'paabegynt', antall: 48 }]);
	});
});
