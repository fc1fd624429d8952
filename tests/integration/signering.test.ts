import { createHash, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { canonicalJson } from '#lib/collab/canonical-json.ts';
import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { underkjennAktivitet } from '#lib/server/commands/underkjenn-aktivitet.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { verifyAll } from '#lib/server/verify/index.ts';
import { aktivitet, hendelser, malMedKrav } from '../support/signering.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** S13: who signs and refuses what, in which state, and what stands behind a signature. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let supervisor: Ctx;
let kode: string;

beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	supervisor = await world.ctx(cast.supervisor);
	({ kode } = await malMedKrav(world, cast.lis));
});
afterAll(() => world.destroy());

const rad = (id: string) =>
	world.owner.selectFrom('laeringsaktivitet').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const versjonAv = async (id: string) => (await rad(id)).versjon;
const ny = (status: AktivitetStatus = 'sendt', koder = [kode]) =>
	aktivitet(world, { lis: cast.lis, supervisor: cast.supervisor, status, koder });

const signer = async (ctx: Ctx, ...ids: string[]) =>
	signerAktiviteter(ctx, {
		aktiviteter: await Promise.all(ids.map(async (id) => ({ id, versjon: await versjonAv(id) }))),
		tilbakemelding: null,
		anbefal: false
	});
const verbs: [name: string, run: (ctx: Ctx, id: string, versjon: number) => Promise<void>][] = [
	[
		'signer',
		(ctx, id, versjon) =>
			signerAktiviteter(ctx, { aktiviteter: [{ id, versjon }], tilbakemelding: 'Fint', anbefal: true })
	],
	['underkjenn', (ctx, id, versjon) => underkjennAktivitet(ctx, { id, versjon, grunn: 'Beskriv funnene' })]
];

describe.each(verbs)('%s', (_name, run) => {
	const STATES: [AktivitetStatus, mine: string, others: 'forbidden' | 'not_found'][] = [
		['kladd', 'not_found', 'not_found'],
		['sendt', 'ok', 'forbidden'],
		['signert', 'conflict: laering_konflikt_aktivitet_signert', 'forbidden'],
		['underkjent', 'conflict: laering_konflikt_aktivitet_underkjent', 'forbidden'],
		['registrert', 'conflict: laering_konflikt_aktivitet_registrert', 'forbidden']
	];
	test.each(STATES)(
		'%s: only whom it was sent to, once; everybody else leaves no trace',
		async (status, mine, others) => {
			const id = await ny(status);
			const before = [await rad(id), await hendelser(world, { lisId: cast.lis.id })];
			for (const [who, expected] of [
				['lis', 'forbidden'],
				['veileder', others],
				['leder', others],
				['hdir', 'not_found'],
				['drift', 'not_found'],
				['annenLis', 'not_found'],
				['annenVeileder', 'not_found']
			] as const)
				expect(await outcome(run(await world.ctx(cast[who]), id, await versjonAv(id))), who).toBe(expected);
			expect([await rad(id), await hendelser(world, { lisId: cast.lis.id })]).toEqual(before);
			expect(await outcome(run(supervisor, id, await versjonAv(id)))).toBe(mine);
			if (mine !== 'ok') expect(await rad(id)).toEqual(before[0]);
		}
	);

	test.each([randomUUID(), 'ikke-en-id', '', "' or 1=1"])('of «%s»: not_found', async (id) => {
		expect(await outcome(run(supervisor, id, 1))).toBe('not_found');
	});

	test('not what was sent to another supervisør of the same LIS, and not what the LIS changed meanwhile', async () => {
		const annen = await world.person('annen-supervisor');
		await world.relate(cast.lis, annen, 'supervisor');
		const id = await ny();
		expect(await outcome(run(await world.ctx(annen), id, await versjonAv(id)))).toBe('not_found');
		expect(await outcome(run(supervisor, id, (await versjonAv(id)) - 1))).toBe('conflict: signering_konflikt_endret');
		expect((await rad(id)).status).toBe('sendt');
	});

	test('what was sent before one’s access ended can be finished', async () => {
		const tidligere = await world.person('tidligere');
		await world.relate(cast.lis, tidligere, 'supervisor', world.past(5));
		const id = await aktivitet(world, { lis: cast.lis, supervisor: tidligere });
		expect(await outcome(run(await world.ctx(tidligere), id, await versjonAv(id)))).toBe('ok');
	});

	test('50 at once: exactly one, with one event', async () => {
		const id = await ny();
		const versjon = await versjonAv(id);
		const all = await Promise.all(Array.from({ length: 50 }, () => outcome(run(supervisor, id, versjon))));
		expect(all.filter((one) => one === 'ok')).toHaveLength(1);
		expect(new Set(all).size).toBe(2);
		expect(await hendelser(world, { objektId: id })).toHaveLength(1);
	});
});

test('a signature: the row, the event with what was signed, its hash, and that `npm run verify` recomputes it', async () => {
	const id = await ny();
	await signerAktiviteter(supervisor, {
		aktiviteter: [{ id, versjon: await versjonAv(id) }],
		tilbakemelding: 'Godt gjennomført',
		anbefal: false
	});
	const signert = await rad(id);
	expect(signert).toMatchObject({
		status: 'signert',
		avgjort_av: cast.supervisor.id,
		tilbakemelding: 'Godt gjennomført'
	});
	const [hendelse] = await hendelser(world, { objektId: id });
	expect(hendelse).toMatchObject({
		type: 'aktivitet.signert',
		aktor_id: cast.supervisor.id,
		aktor_rolle: 'supervisor'
	});
	const data = (hendelse?.data as { signert: Record<string, unknown> }).signert;
	expect(createHash('sha256').update(canonicalJson(data)).digest()).toEqual(signert.signert_hash);
	expect(data).toMatchObject({
		lis: { id: cast.lis.id, navn: cast.lis.navn },
		supervisor: { id: cast.supervisor.id, navn: cast.supervisor.navn },
		signertAt: world.now.toISOString(),
		krav: { id: signert.krav_id, versjon: 2, plan: 'kommunal-lis1' },
		mal: [{ kode, versjon: 2 }],
		tekst: 'Konsultasjon med veiledning'
	});
	expect(await hendelser(world, { lisId: cast.lis.id })).toContainEqual(
		expect.objectContaining({ type: 'plan.begynt', aktor_rolle: 'supervisor' })
	);
});

test('underkjent says why, and leaves no signature', async () => {
	const id = await ny();
	await underkjennAktivitet(supervisor, { id, versjon: await versjonAv(id), grunn: 'Beskriv funnene' });
	expect(await rad(id)).toMatchObject({ status: 'underkjent', grunn: 'Beskriv funnene', signert_hash: null });
	expect(await hendelser(world, { objektId: id })).toMatchObject([
		{ type: 'aktivitet.underkjent', aktor_rolle: 'supervisor', data: { grunn: 'Beskriv funnene', fra: 'sendt' } }
	]);
});

describe('several at once', () => {
	test('all are signed, of two LIS too; the recommendations come once for each goal that is not approved', async () => {
		await world.relate(cast.annenLis, cast.supervisor, 'supervisor');
		const { kode: annenKode } = await malMedKrav(world, cast.lis, 1);
		const ids = [
			await ny('sendt', [kode, annenKode]),
			await ny(),
			await aktivitet(world, { lis: cast.annenLis, supervisor: cast.supervisor })
		];
		await signerAktiviteter(await world.ctx(cast.supervisor), {
			aktiviteter: await Promise.all(ids.map(async (id) => ({ id, versjon: await versjonAv(id) }))),
			tilbakemelding: null,
			anbefal: true
		});
		expect(await Promise.all(ids.map(async (id) => (await rad(id)).status))).toEqual(['signert', 'signert', 'signert']);
		const anbefalt = await world.owner
			.selectFrom('anbefaling')
			.select(['lis_id', 'kode', 'rolle'])
			.where('av', '=', cast.supervisor.id)
			.execute();
		expect(anbefalt).toHaveLength(3);
		expect(anbefalt.every(({ rolle }) => rolle === 'supervisor')).toBe(true);
	});

	test('one that is not possible: none is signed, and nothing is left behind', async () => {
		const ids = [await ny(), await ny('underkjent'), await ny()];
		expect(await outcome(signer(supervisor, ...ids))).toBe('conflict: laering_konflikt_aktivitet_underkjent');
		expect(await Promise.all(ids.map(async (id) => (await rad(id)).status))).toEqual(['sendt', 'underkjent', 'sendt']);
		expect(await hendelser(world, { lisId: cast.lis.id })).toEqual([]);
	});

	test('none, and more than a page holds, are refused; the same one twice is one', async () => {
		expect(await outcome(signer(supervisor))).toBe('invalid');
		const id = await ny();
		const versjon = await versjonAv(id);
		const mange = Array.from({ length: 101 }, () => ({ id: randomUUID(), versjon }));
		const felles = { tilbakemelding: null, anbefal: false };
		expect(await outcome(signerAktiviteter(supervisor, { aktiviteter: mange, ...felles }))).toBe('invalid');
		expect(await outcome(signer(supervisor, id, id))).toBe('ok');
		expect(await hendelser(world, { objektId: id })).toHaveLength(1);
	});
});

test('`npm run verify` finds a signature whose row, event or hash was changed', async () => {
	const friskt = await World.create();
	const folk = await friskt.cast();
	const id = await aktivitet(friskt, { lis: folk.lis, supervisor: folk.supervisor });
	await signerAktiviteter(await friskt.ctx(folk.supervisor), {
		aktiviteter: [{ id, versjon: 2 }],
		...{ tilbakemelding: 'Fint', anbefal: false }
	});
	expect(await verifyAll(friskt.web)).toMatchObject({ signed: 1, faults: [] });
	const tukle = (statement: string) =>
		friskt.owner.connection().execute(async (db) => {
			await sql`set session_replication_role = replica`.execute(db);
			await sql.raw(statement).execute(db);
			await sql`set session_replication_role = origin`.execute(db);
		});
	for (const [til, tilbake] of [
		[
			`update laeringsaktivitet set tekst = 'Noe annet'`,
			`update laeringsaktivitet set tekst = 'Konsultasjon med veiledning'`
		],
		[`update laeringsaktivitet set tilbakemelding = 'X'`, `update laeringsaktivitet set tilbakemelding = 'Fint'`],
		[
			`update hendelse set data = jsonb_set(data, '{signert,dato}', '"2026-11-21"') where type = 'aktivitet.signert'`,
			`update hendelse set data = jsonb_set(data, '{signert,dato}', '"2026-11-20"') where type = 'aktivitet.signert'`
		],
		[
			`update laeringsaktivitet set signert_hash = set_byte(signert_hash, 3, get_byte(signert_hash, 3) # 1)`,
			`update laeringsaktivitet set signert_hash = set_byte(signert_hash, 3, get_byte(signert_hash, 3) # 1)`
		],
		[
			`update hendelse set type = 'annet' where type = 'aktivitet.signert'`,
			`update hendelse set type = 'aktivitet.signert' where type = 'annet'`
		]
	] as const) {
		await tukle(til);
		expect(
			(await verifyAll(friskt.web)).faults.map(({ docId }) => docId),
			til
		).toEqual([id]);
		await tukle(tilbake);
		expect((await verifyAll(friskt.web)).faults).toEqual([]);
	}
	await friskt.destroy();
});
