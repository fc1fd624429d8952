import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAL_STATUSER, type MalStatus } from '#lib/domain/laering/mal.ts';
import { godkjennMal } from '#lib/server/commands/godkjenn-mal.ts';
import { sendTilbakeMal } from '#lib/server/commands/send-tilbake-mal.ts';
import { trekkGodkjenning } from '#lib/server/commands/trekk-godkjenning.ts';
import { underkjennMal } from '#lib/server/commands/underkjenn-mal.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findMal } from '#lib/server/queries/maloppnaelse.ts';
import { aktivitet, anbefalt, hendelser, mal, malMedKrav } from '../support/signering.ts';
import { outcome } from '../support/outcome.ts';
import { World, type Person } from '../support/world.ts';

/** S14, S15: who decides on a læringsmål, in which state, with what reason. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let leder: Ctx;
let lisId: string;
let kode: string;
let krav: string[];

beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	leder = await world.ctx(cast.leder);
	lisId = cast.lis.id;
	({ kode, krav } = await malMedKrav(world, cast.lis));
});
afterAll(() => world.destroy());

const grunn = 'Mangler en refleksjon';
const rad = async () => {
	const funnet = await findMal(world.owner, lisId, kode);
	if (!funnet) throw new Error('no goal');
	return funnet;
};
const trace = async () => [await rad(), await hendelser(world, { lisId })];
const i = (status: MalStatus, av: Person = cast.leder) => mal(world, cast.lis, kode, status, av);

type Verb = (ctx: Ctx, sett: { lisId: string; kode: string; versjon: number }) => Promise<void>;
const verbs: [name: string, fra: MalStatus, til: MalStatus, run: Verb][] = [
	[
		'godkjenn',
		'sendt',
		'godkjent',
		(ctx, { lisId, kode, versjon }) =>
			godkjennMal(ctx, { lisId, mal: [{ kode, versjon }], uten: 'muntlig', utenTekst: null, kommentar: null })
	],
	['send tilbake', 'sendt', 'sendt_tilbake', (ctx, sett) => sendTilbakeMal(ctx, { ...sett, grunn })],
	['underkjenn', 'sendt', 'underkjent', (ctx, sett) => underkjennMal(ctx, { ...sett, grunn })],
	['trekk godkjenning', 'godkjent', 'trukket', (ctx, sett) => trekkGodkjenning(ctx, { ...sett, grunn })]
];

describe.each(verbs)('%s', (_name, fra, til, run) => {
	test.each(MAL_STATUSER)('%s: only the leder, once; everybody else leaves no trace', async (status) => {
		const { versjon } = await i(status);
		const before = await trace();
		for (const [who, expected] of [
			['lis', 'forbidden'],
			['veileder', 'forbidden'],
			['supervisor', 'not_found'],
			['hdir', 'not_found'],
			['drift', 'not_found'],
			['annenLis', 'not_found'],
			['annenVeileder', 'not_found']
		] as const)
			expect(await outcome(run(await world.ctx(cast[who]), { lisId, kode, versjon })), who).toBe(expected);
		expect(await trace()).toEqual(before);
		const mine = await outcome(run(leder, { lisId, kode, versjon }));
		if (status === fra) {
			expect(mine).toBe('ok');
			expect((await rad()).status).toBe(til);
		} else {
			// A goal that was never decided on has nobody whose own approval it is.
			const egen = fra !== 'godkjent' || (status !== 'pagar' && status !== 'sendt');
			expect(mine).toBe(egen ? `conflict: laering_konflikt_mal_${status}` : 'forbidden');
			expect(await trace()).toEqual(before);
		}
	});

	test('a goal that was never sent, one that no plan has, one of nobody', async () => {
		const egen = fra === 'sendt' ? 'conflict: laering_konflikt_mal_pagar' : 'forbidden';
		expect(await outcome(run(leder, { lisId, kode, versjon: 0 }))).toBe(egen);
		expect(await outcome(run(leder, { lisId, kode: 'KLK-999', versjon: 1 }))).toBe('not_found');
		expect(await outcome(run(leder, { lisId: cast.annenLis.id, kode, versjon: 1 }))).toBe('not_found');
		expect(await outcome(run(leder, { lisId: cast.leder.id, kode, versjon: 1 }))).toBe('not_found');
	});

	test('what the LIS changed meanwhile is not decided on', async () => {
		const { versjon } = await i(fra);
		const before = await trace();
		expect(await outcome(run(leder, { lisId, kode, versjon: versjon - 1 }))).toBe(
			'conflict: godkjenning_konflikt_endret'
		);
		expect(await trace()).toEqual(before);
	});

	test('50 at once: exactly one, with one event', async () => {
		const { versjon, id } = await i(fra);
		const all = await Promise.all(Array.from({ length: 50 }, () => outcome(run(leder, { lisId, kode, versjon }))));
		expect(all.filter((one) => one === 'ok')).toHaveLength(1);
		expect(new Set(all).size).toBe(2);
		expect(await hendelser(world, { objektId: id ?? '' })).toHaveLength(1);
	});

	test('a leder whose relation has ended: refused, with the date', async () => {
		const tidligere = await world.person('tidligere-leder');
		await world.relate(cast.lis, tidligere, 'leder', world.past(5));
		const { versjon } = await i(fra, tidligere);
		expect(await outcome(run(await world.ctx(tidligere), { lisId, kode, versjon }))).toBe('ended');
	});

	test('a deputy whom the leder has set may', async () => {
		const stedfortreder = await world.person('stedfortreder');
		await world.relate(cast.lis, stedfortreder, 'leder', new Date(world.now.getTime() + 86_400_000));
		const { versjon } = await i(fra, stedfortreder);
		expect(await outcome(run(await world.ctx(stedfortreder), { lisId, kode, versjon }))).toBe('ok');
	});

	test('a LIS who is leder of others decides on none of their own, however they came to be called so', async () => {
		await world.relate(cast.annenLis, cast.lis, 'leder');
		const { versjon } = await i(fra);
		const before = await trace();
		expect(await outcome(run(await world.ctx(cast.lis), { lisId, kode, versjon }))).toBe('forbidden');
		expect(await trace()).toEqual(before);
	});
});

describe('approving', () => {
	const godkjenn = (uten: 'muntlig' | 'vurderingskollegium' | 'annet' | null, utenTekst: string | null, versjon = 1) =>
		godkjennMal(leder, { lisId, mal: [{ kode, versjon }], uten, utenTekst, kommentar: 'Bra' });

	test('with something missing needs a reason; a text when the reason is another one', async () => {
		await i('sendt');
		expect(await outcome(godkjenn(null, 'tekst uten valg'))).toBe('invalid');
		expect(await outcome(godkjenn('annet', null))).toBe('invalid');
		expect((await rad()).status).toBe('sendt');
		await godkjenn('annet', 'Avklart på møte');
		expect(await rad()).toMatchObject({
			status: 'godkjent',
			uten: 'annet',
			utenTekst: 'Avklart på møte',
			grunn: 'Bra'
		});
		expect((await hendelser(world, { lisId })).at(-1)).toMatchObject({
			type: 'mal.godkjent',
			aktor_rolle: 'leder',
			data: { kode, uten: 'annet', uten_tekst: 'Avklart på møte', mangler: { krav: krav.length, veileder: true } }
		});
	});

	test('the database holds it too: without the reason no route approves', async () => {
		const { id } = await i('sendt');
		const lag = sql`update maloppnaelse set status = 'godkjent', avgjort_at = now(), avgjort_av = ${cast.leder.id},
			avgjort_rolle = 'leder' where id = ${id}`;
		await expect(lag.execute(world.owner)).rejects.toMatchObject({ code: 'LK002' });
		await anbefalt(world, cast.lis, kode, cast.veileder, cast.supervisor);
		await expect(lag.execute(world.owner)).rejects.toMatchObject({ code: 'LK002' });
		for (const kravId of krav) await aktivitet(world, { ...cast, status: 'signert', kravId, koder: [kode] });
		await expect(lag.execute(world.owner)).resolves.toBeDefined();
	});

	test('with nothing missing keeps no reason, even when one is given', async () => {
		await anbefalt(world, cast.lis, kode, cast.veileder, cast.supervisor);
		for (const kravId of krav) await aktivitet(world, { ...cast, status: 'signert', kravId, koder: [kode] });
		await i('sendt');
		await godkjenn('muntlig', 'en gammel tekst');
		expect(await rad()).toMatchObject({ status: 'godkjent', uten: null, utenTekst: null });
	});

	test('a whole theme at once: all, or none when one of them is not to be approved', async () => {
		const andre = await malMedKrav(world, cast.lis, 1);
		await i('sendt');
		await mal(world, cast.lis, andre.kode, 'underkjent', cast.leder);
		const begge = [kode, andre.kode];
		const alle = async () =>
			godkjennMal(leder, {
				...{ lisId, uten: 'vurderingskollegium', utenTekst: null, kommentar: null },
				mal: await Promise.all(
					begge.map(async (k) => ({ kode: k, versjon: (await findMal(world.owner, lisId, k))?.versjon ?? 0 }))
				)
			});
		const before = await trace();
		expect(await outcome(alle())).toBe('conflict: laering_konflikt_mal_underkjent');
		expect(await trace()).toEqual(before);
		await world.owner
			.updateTable('maloppnaelse')
			.set({ status: 'sendt' })
			.where('lis_id', '=', lisId)
			.where('kode', '=', andre.kode)
			.execute();
		await alle();
		const { rows } = await sql<{ n: number }>`select count(*)::integer as n from maloppnaelse
			where lis_id = ${lisId} and status = 'godkjent' and uten = 'vurderingskollegium'`.execute(world.owner);
		expect(rows).toEqual([{ n: 2 }]);
		expect(await outcome(godkjennMal(leder, { lisId, mal: [], uten: null, utenTekst: null, kommentar: null }))).toBe(
			'invalid'
		);
	});

	test('the last goal completes the plan, withdrawing it takes it up again', async () => {
		const { rows } = await sql<{ kode: string }>`select m.kode from katalog_mal m
			join plan_tildeling p on p.katalog_id = m.katalog_id where p.lis_id = ${lisId}`.execute(world.owner);
		await sql`update plan_tildeling set status = 'paabegynt' where lis_id = ${lisId}`.execute(world.owner);
		for (const en of rows) await mal(world, cast.lis, en.kode, en.kode === kode ? 'sendt' : 'godkjent', cast.leder);
		const plan = () =>
			world.owner.selectFrom('plan_tildeling').select('status').where('lis_id', '=', lisId).executeTakeFirstOrThrow();
		await godkjenn('muntlig', null);
		expect(await plan()).toEqual({ status: 'fullfort' });
		await trekkGodkjenning(leder, { lisId, kode, versjon: (await rad()).versjon, grunn });
		expect(await plan()).toEqual({ status: 'paabegynt' });
		expect((await hendelser(world, { lisId })).map(({ type }) => type)).toEqual([
			'mal.godkjent',
			'plan.fullfort',
			'mal.godkjenning-trukket',
			'plan.gjenapnet'
		]);
	});
});

describe('withdrawing', () => {
	test('tells the LIS by mail, in the same transaction; once', async () => {
		const { versjon } = await i('godkjent');
		const alle = Array.from({ length: 5 }, () => outcome(trekkGodkjenning(leder, { lisId, kode, versjon, grunn })));
		expect((await Promise.all(alle)).filter((en) => en === 'ok')).toHaveLength(1);
		const { rows } = await sql<{ mal: string; data: unknown }>`select mal, data from epost
			where mottaker_id = ${lisId}`.execute(world.owner);
		expect(rows).toEqual([{ mal: 'mal_trukket', data: expect.objectContaining({ kode, leder: cast.leder.navn }) }]);
	});

	test('is for whoever approved: another leder, or the deputy, is refused', async () => {
		const forrige = await world.person('forrige');
		const { versjon } = await i('godkjent', forrige);
		expect(await outcome(trekkGodkjenning(leder, { lisId, kode, versjon, grunn }))).toBe('forbidden');
		expect((await rad()).status).toBe('godkjent');
	});

	test('what Helsedirektoratet has confirmed is theirs to take back', async () => {
		const { id } = await i('godkjent');
		await sql`update maloppnaelse set bekreftet_at = now(), bekreftet_av = ${cast.hdir.id} where id = ${id}`.execute(
			world.owner
		);
		const { versjon } = await rad();
		expect(await outcome(trekkGodkjenning(leder, { lisId, kode, versjon, grunn }))).toBe(
			'conflict: laering_konflikt_mal_bekreftet'
		);
	});
});
