import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UTEN } from '#lib/domain/laering/mal.ts';
import { anbefalMal, trekkAnbefaling } from '#lib/server/commands/anbefal-mal.ts';
import { godkjennMal } from '#lib/server/commands/godkjenn-mal.ts';
import { angreAktivitet, sendAktivitet, trekkAktivitet } from '#lib/server/commands/send-aktivitet.ts';
import { sendMal, trekkMal } from '#lib/server/commands/send-mal.ts';
import { sendTilbakeMal } from '#lib/server/commands/send-tilbake-mal.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { trekkGodkjenning } from '#lib/server/commands/trekk-godkjenning.ts';
import { underkjennAktivitet } from '#lib/server/commands/underkjenn-aktivitet.ts';
import { underkjennMal } from '#lib/server/commands/underkjenn-mal.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { deletePlan, insertPlaner, listPlaner } from '#lib/server/queries/plan.ts';
import { utfylt } from '../support/laering.ts';
import { Modell, type Akt } from '../support/laering-model.ts';
import { outcome } from '../support/outcome.ts';
import { hendelser } from '../support/signering.ts';
import { World } from '../support/world.ts';

/**
 * Random acts by random people on a plan of two goals: after each the answer and the database are what the policies and the pure
 * functions say, and what the event log tells leads to the same states.
 */

const KODER = ['MODELL-001', 'MODELL-002'];
const KATALOG = randomUUID();
const KRAV = [randomUUID(), randomUUID()];
const FOLK = ['lis', 'veileder', 'leder', 'stedfortreder', 'supervisor', 'supervisor2', 'annenLis', 'hdir'] as const;
type Hvem = (typeof FOLK)[number];

let world: World;
beforeAll(async () => {
	world = await World.create();
	await sql`insert into laeringsmal (kode) select unnest(${KODER}::text[])`.execute(world.owner);
	await sql`insert into krav (id, kode) select * from unnest(${KRAV}::uuid[], ${KODER}::text[])`.execute(world.owner);
	await sql`insert into katalog (id, plan, versjon, navn_nb, navn_nn, gyldig_fra, status, opprettet_at)
		values (${KATALOG}, 'modell', 1, 'Modell', 'Modell', '2025-01-01', 'utkast', ${world.now})`.execute(world.owner);
	await sql`insert into katalog_mal (katalog_id, kode, rekkefolge, tema_nb, tema_nn, tittel_nb, tittel_nn, nivaer, arenaer)
		select ${KATALOG}, unnest(${KODER}::text[]), 1, 'T', 'T', 'M', 'M', '{kunnskap}', '{}'`.execute(world.owner);
	await sql`insert into katalog_krav (katalog_id, krav_id, kode, rekkefolge, tittel_nb, tittel_nn, slag)
		select ${KATALOG}, k.id, k.kode, 1, 'K', 'K', 'signeres' from krav k where k.kode = any(${KODER})`.execute(world.owner);
	await sql`update katalog set status = 'publisert', publisert_at = ${world.now} where id = ${KATALOG}`.execute(
		world.owner
	);
});
afterAll(() => world.destroy());

const nr = fc.constantFrom(0, 1);
const akt: fc.Arbitrary<Akt> = fc.oneof(
	fc.record({
		hva: fc.constantFrom(
			...(['send', 'trekk', 'angre', 'underkjenn', 'trekkMal', 'sendTilbake', 'underkjennMal'] as const),
			...(['trekkGodkjenning', 'anbefal', 'trekkAnbefaling'] as const)
		),
		nr
	}),
	fc.record({ hva: fc.constantFrom('send', 'sendMal', 'send', 'sendMal', 'angre'), nr }),
	fc.record({ hva: fc.constant('signer'), nr, anbefal: fc.boolean() }),
	fc.record({ hva: fc.constant('godkjenn'), nr, uten: fc.option(fc.constantFrom(...UTEN)) })
);
/** Often whoever may, so that a run gets somewhere; else anybody. */
const RETT: Record<Akt['hva'], Hvem[]> = {
	...{ send: ['lis'], trekk: ['lis'], angre: ['lis'], sendMal: ['lis'], trekkMal: ['lis'] },
	...{ signer: ['supervisor', 'supervisor2'], underkjenn: ['supervisor', 'supervisor2'] },
	...{ anbefal: ['veileder', 'supervisor'], trekkAnbefaling: ['veileder', 'supervisor'] },
	...{ godkjenn: ['leder', 'stedfortreder'], sendTilbake: ['leder'], underkjennMal: ['leder'] },
	trekkGodkjenning: ['leder', 'stedfortreder']
};
const trekk = fc.tuple(akt, fc.nat(99), fc.nat(3)).map(([en, tall, noen]) => {
	const valg: readonly Hvem[] = noen === 0 ? FOLK : RETT[en.hva];
	// Only the LIS has a form of their own to send.
	return { akt: en, hvem: en.hva === 'send' ? 'lis' : (valg[tall % valg.length] ?? 'lis') };
});

async function oppsett() {
	const cast = await world.cast();
	const supervisor2 = await world.person('supervisor2');
	const stedfortreder = await world.person('stedfortreder');
	await world.relate(cast.lis, supervisor2, 'supervisor');
	await world.relate(cast.lis, stedfortreder, 'leder', new Date(world.now.getTime() + 86_400_000));
	for (const plan of await listPlaner(world.owner, cast.lis.id)) await deletePlan(world.owner, plan.id);
	const plan = { lisId: cast.lis.id, plan: 'modell', katalogId: KATALOG, tildeltAv: null, now: world.now };
	await insertPlaner(world.owner, [{ id: randomUUID(), ...plan }]);
	const folk = { ...cast, supervisor2, stedfortreder };
	const ctx = Object.fromEntries(
		await Promise.all(FOLK.map(async (hvem) => [hvem, await world.ctx(folk[hvem])] as const))
	) as Record<Hvem, Ctx>;
	const aktiviteter = [
		{ id: randomUUID(), til: cast.supervisor, koder: [0] },
		{ id: randomUUID(), til: supervisor2, koder: [0, 1] }
	];
	return { lis: cast.lis, ctx, aktiviteter };
}
type Oppsett = Awaited<ReturnType<typeof oppsett>>;

/** What the database says of the LIS, in the model's words. */
async function tilstand({ lis, aktiviteter }: Oppsett) {
	const les = async <T>(tabell: 'laeringsaktivitet' | 'maloppnaelse', felt: string) =>
		(
			await sql<T & { versjon: number; status: string }>`
				select ${sql.ref(felt)} as nokkel, status, versjon from ${sql.table(tabell)} where lis_id = ${lis.id}`.execute(
				world.owner
			)
		).rows;
	const akt = await les<{ nokkel: string }>('laeringsaktivitet', 'id');
	const mal = await les<{ nokkel: string }>('maloppnaelse', 'kode');
	const anb = await world.owner
		.selectFrom('anbefaling')
		.select(['kode', 'rolle', 'av'])
		.where('lis_id', '=', lis.id)
		.where('trukket_at', 'is', null)
		.execute();
	const [plan] = await listPlaner(world.owner, lis.id);
	return {
		aktiviteter: aktiviteter.map(({ id }) => akt.find(({ nokkel }) => nokkel === id)),
		mal: KODER.map((kode) => mal.find(({ nokkel }) => nokkel === kode)),
		anbefalinger: anb.map(({ kode, rolle, av }) => `${KODER.indexOf(kode)} ${rolle} ${av}`).sort(),
		plan: plan?.status
	};
}

function kjor(o: Oppsett, ctx: Ctx, a: Akt, versjon: { aktivitet: number; mal: number }): Promise<unknown> {
	const kode = KODER[a.nr] ?? '';
	const en = o.aktiviteter[a.nr];
	if (!en) throw new Error('no such aktivitet');
	const sett = { lisId: o.lis.id, kode, versjon: versjon.mal };
	const grunn = 'Mangler noe';
	const akter: Record<Akt['hva'], () => Promise<unknown>> = {
		send: () =>
			sendAktivitet(ctx, {
				...utfylt(world, KRAV[a.nr] ?? '', en.til, { mal: en.koder.map((k) => KODER[k] ?? '') }),
				...{ id: en.id, versjon: versjon.aktivitet }
			}),
		trekk: () => trekkAktivitet(ctx, { id: en.id }),
		angre: () => angreAktivitet(ctx, { id: en.id }),
		signer: () =>
			signerAktiviteter(ctx, {
				aktiviteter: [{ id: en.id, versjon: versjon.aktivitet }],
				...{ tilbakemelding: null, anbefal: a.hva === 'signer' && a.anbefal }
			}),
		underkjenn: () => underkjennAktivitet(ctx, { id: en.id, versjon: versjon.aktivitet, grunn }),
		sendMal: () => sendMal(ctx, { kode, dato: '2025-06-01', kommentar: null }),
		trekkMal: () => trekkMal(ctx, { kode }),
		anbefal: () => anbefalMal(ctx, { lisId: o.lis.id, koder: [kode] }),
		trekkAnbefaling: () => trekkAnbefaling(ctx, { lisId: o.lis.id, kode }),
		sendTilbake: () => sendTilbakeMal(ctx, { ...sett, grunn }),
		underkjennMal: () => underkjennMal(ctx, { ...sett, grunn }),
		trekkGodkjenning: () => trekkGodkjenning(ctx, { ...sett, grunn }),
		godkjenn: () =>
			godkjennMal(ctx, {
				...{ lisId: o.lis.id, mal: [{ kode, versjon: versjon.mal }], kommentar: null },
				...{ uten: a.hva === 'godkjenn' ? a.uten : null, utenTekst: 'Avklart' }
			})
	};
	return akter[a.hva]();
}

/** The state that each event leaves its thing in. */
const ETTER: Record<string, string> = {
	...{ 'aktivitet.sendt': 'sendt', 'aktivitet.trukket': 'kladd', 'aktivitet.angret': 'kladd' },
	...{ 'aktivitet.signert': 'signert', 'aktivitet.underkjent': 'underkjent' },
	...{ 'mal.sendt': 'sendt', 'mal.trukket': 'pagar', 'mal.godkjent': 'godkjent', 'mal.underkjent': 'underkjent' },
	...{ 'mal.sendt-tilbake': 'sendt_tilbake', 'mal.godkjenning-trukket': 'trukket' },
	...{ 'plan.begynt': 'paabegynt', 'plan.fullfort': 'fullfort', 'plan.gjenapnet': 'paabegynt' }
};

test('the database, the pure functions and the event log agree, whoever does what in whatever order', async () => {
	const sett = new Set<string>();
	await fc.assert(
		fc.asyncProperty(fc.array(trekk, { minLength: 60, maxLength: 80 }), async (rekke) => {
			const o = await oppsett();
			const aktiviteter = o.aktiviteter.map(({ til, koder }) => ({ supervisorId: til.id, koder }));
			const modell = new Modell(o.lis.id, world.now, aktiviteter);
			let before = await tilstand(o);
			for (const { akt: a, hvem } of rekke) {
				const ctx = o.ctx[hvem];
				const versjon = { aktivitet: before.aktiviteter[a.nr]?.versjon ?? 0, mal: before.mal[a.nr]?.versjon ?? 0 };
				const svar = modell.prov(ctx.actor, a);
				expect(await outcome(kjor(o, ctx, a, versjon)), `${hvem} ${JSON.stringify(a)}`).toBe(svar);
				sett.add(`${a.hva} ${svar}`);
				const na = await tilstand(o);
				if (svar !== 'ok') expect(na).toEqual(before);
				expect(na.aktiviteter.map((en) => en?.status ?? 'kladd')).toEqual(modell.aktiviteter.map((en) => en.status));
				expect(na.mal.map((ett) => ett?.status ?? 'pagar')).toEqual(modell.mal.map((ett) => ett.status));
				expect(na.anbefalinger).toEqual([...modell.anbefalinger].sort());
				expect(na.plan).toBe(modell.plan);
				sett.add(`plan ${modell.plan}`);
				before = na;
			}
			const logg = new Map<string, string>();
			for (const { type, objekt_id } of await hendelser(world, { lisId: o.lis.id })) {
				const etter = ETTER[type];
				if (etter !== undefined && objekt_id !== null) logg.set(objekt_id, etter);
			}
			const { rows } = await sql<{ id: string; status: string }>`
				select id, status from laeringsaktivitet where lis_id = ${o.lis.id}
				union all select id, status from maloppnaelse where lis_id = ${o.lis.id}
				union all select id, status from plan_tildeling where lis_id = ${o.lis.id} and status <> 'tildelt'`.execute(
				world.owner
			);
			expect(new Map([...logg].sort())).toEqual(new Map(rows.map(({ id, status }) => [id, status] as const).sort()));
		}),
		{ seed: 20_261_122, numRuns: 14 }
	);
	// The runs got somewhere: each act succeeded at least once, and a plan was completed.
	const mal = ['plan fullfort', ...Object.keys(RETT).map((hva) => `${hva} ok`)];
	expect(mal.filter((ett) => !sett.has(ett))).toEqual([]);
}, 120_000);
