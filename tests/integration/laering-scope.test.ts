import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FORVALGT } from '#lib/domain/laering/rekkefolge.ts';
import { can } from '#lib/server/authz/index.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { sql } from '#lib/server/db/pool.ts';
import { seedLoadWorld } from '#lib/server/demo/load-world.ts';
import { listAktiviteterForLis, type AktivitetRad } from '#lib/server/queries/laeringsaktivitet.ts';
import { listMalForLis, type MalRad } from '#lib/server/queries/maloppnaelse.ts';
import { listBrukerIder } from '#lib/server/queries/synthetic-people.ts';
import { hentFremdriftsliste } from '#lib/server/views/fremdriftsliste.ts';
import { hentGodkjenning } from '#lib/server/views/godkjenning.ts';
import { hentLaering } from '#lib/server/views/laering.ts';
import { hentSaker } from '#lib/server/views/saker.ts';
import { hentSignering } from '#lib/server/views/signering.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** T07 for læring: over 200 LIS with their history, each list shows what its reader may read one by one, and nothing else. */

const LIS = 200;
const SEED_MS = 240_000;

let world: World;
let lis: string[];
let andre: string[];
let hdir: Ctx;
let aktiviteter: AktivitetRad[];
let mal: MalRad[];
let ider: Map<string, string>;

beforeAll(async () => {
	world = await World.create();
	const { lis: brukernavn, andre: folgere } = await seedLoadWorld(world.owner, {
		...{ lis: LIS, now: world.now, password: 'demo-passord-2026' }
	});
	ider = await listBrukerIder(world.owner, [...brukernavn, ...folgere]);
	lis = brukernavn;
	andre = folgere;
	hdir = await world.ctx(await world.person('hdir', { fast: 'hdir' }));
	await blandRelasjoner();
	const alle = lis.map(id);
	aktiviteter = [];
	mal = [];
	for (const lisId of alle) {
		aktiviteter.push(...(await listAktiviteterForLis(world.owner, lisId)));
		mal.push(...(await listMalForLis(world.owner, lisId)));
	}
}, SEED_MS);
afterAll(() => world.destroy());

const id = (brukernavn: string) => ider.get(brukernavn) ?? '';
const som = (brukernavn: string) => world.ctx({ id: id(brukernavn), brukernavn, navn: brukernavn });
const av = (rolle: string) => andre.filter((brukernavn) => brukernavn.startsWith(`last-${rolle}-`));
const sortert = (en: Iterable<string>) => [...en].sort();

/** Some have left, some have a deputy, some follow in two roles: a world in which all is in order proves little. */
async function blandRelasjoner(): Promise<void> {
	await sql`update relasjon set til = ${world.past(5)} where lis_id in (
		select lis_id from (select lis_id, row_number() over (order by lis_id) n from relasjon where rolle = 'leder') x where n % 7 = 0)`.execute(
		world.owner
	);
	const [veileder, leder, supervisor] = [av('veileder')[0], av('leder')[1], av('supervisor')[2]].map((en) => ({
		...{ id: id(en ?? ''), brukernavn: en ?? '', navn: en ?? '' }
	}));
	const til = new Date(world.now.getTime() + 3_600_000);
	for (const brukernavn of lis.slice(40, 60)) {
		const person = { id: id(brukernavn), brukernavn, navn: brukernavn };
		if (veileder) await world.relate(person, veileder, 'leder', til);
		if (leder) await world.relate(person, leder, 'veileder', til);
		if (supervisor) await world.relate(person, supervisor, 'leder', world.past(2));
	}
}

/** Every list of one reader, against the rule for the single thing. */
async function sammenlign(ctx: Ctx): Promise<void> {
	const { actor, now } = ctx;
	const { rader } = await hentFremdriftsliste(ctx, FORVALGT);
	const fremdrift = lis.map(id).filter((lisId) => can(actor, 'laering.se', { lisId, delt: false }, now));
	expect(sortert(rader.map((rad) => rad.id))).toEqual(sortert(fremdrift.filter((lisId) => lisId !== actor.brukerId)));

	const { grupper, tidligere } = await hentSignering(ctx);
	const signeres = aktiviteter.filter((en) => en.status === 'sendt' && can(actor, 'aktivitet.vurder', en, now));
	expect(sortert(grupper.flatMap(({ kort }) => kort.map((en) => en.id)))).toEqual(sortert(signeres.map((en) => en.id)));
	const lesbare = new Set(aktiviteter.filter((en) => can(actor, 'aktivitet.se', en, now)).map((en) => en.id));
	expect(tidligere.filter((en) => !lesbare.has(en.id))).toEqual([]);

	const { venter } = await hentGodkjenning(ctx);
	const vist = venter.flatMap((en) => en.temaer.flatMap((tema) => tema.mal.map(({ kode }) => `${en.id} ${kode}`)));
	const avgjores = mal.filter((ett) => ett.status === 'sendt' && can(actor, 'mal.avgjor', ett, now));
	expect(sortert(vist)).toEqual(sortert(avgjores.map(({ lisId, kode }) => `${lisId} ${kode}`)));
}

describe('each list holds what its reader may read one by one', () => {
	test.each(['veileder', 'leder', 'supervisor'])(
		'%s',
		async (rolle) => {
			expect(av(rolle)).toHaveLength(LIS / 8);
			for (const brukernavn of av(rolle)) await sammenlign(await som(brukernavn));
		},
		SEED_MS
	);

	test(
		'a LIS, whose own page holds all that is theirs and nothing of anybody else’s',
		async () => {
			for (const brukernavn of lis.filter((_, i) => i % 10 === 0)) {
				const ctx = await som(brukernavn);
				await sammenlign(ctx);
				const egne = aktiviteter.filter((en) => can(ctx.actor, 'aktivitet.se', en, ctx.now)).map((en) => en.id);
				const vist = (await hentLaering(ctx, ctx.actor.brukerId)).aktiviteter.map((en) => en.id);
				expect(sortert(vist)).toEqual(sortert(egne));
			}
		},
		SEED_MS
	);

	test('Helsedirektoratet: the plans that are shared, and no other', async () => {
		await sammenlign(hdir);
		const { venter, behandlet } = await hentSaker(hdir);
		const delte = new Set(mal.filter(({ delt }) => delt).map(({ lisId }) => lisId));
		expect(delte.size).toBeGreaterThan(0);
		expect(sortert([...venter, ...behandlet].map(({ lisId }) => lisId))).toEqual(sortert(delte));
		for (const brukernavn of lis)
			expect(await outcome(hentLaering(hdir, id(brukernavn)))).toBe(delte.has(id(brukernavn)) ? 'ok' : 'not_found');
		expect(await outcome(hentSaker(await som(av('leder')[0] ?? '')))).toBe('not_found');
	}, 60_000);
});

test('a supervisør sees only what was sent to them: no plan, no draft, nothing that another was sent', async () => {
	for (const brukernavn of av('supervisor')) {
		const { actor, now } = await som(brukernavn);
		const folger = new Set(actor.relasjoner.filter((r) => r.rolle !== 'supervisor').map((r) => r.lisId));
		const sett = aktiviteter.filter((en) => !folger.has(en.lisId) && can(actor, 'aktivitet.se', en, now));
		const sendt = aktiviteter.filter(
			(en) => !folger.has(en.lisId) && en.supervisorId === actor.brukerId && en.status !== 'kladd'
		);
		expect(sortert(sett.map((en) => en.id))).toEqual(sortert(sendt.map((en) => en.id)));
		expect(sendt.length).toBeGreaterThan(0);
		for (const lisId of lis.map(id))
			if (!folger.has(lisId)) expect(can(actor, 'laering.se', { lisId, delt: true }, now)).toBe(false);
	}
});
