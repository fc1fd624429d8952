import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GYLDIG_MS } from '#lib/domain/invitasjon/invitasjon.ts';
import { newToken } from '#lib/server/auth/token.ts';
import { aksepterInvitasjon, aksepterSomNy } from '#lib/server/commands/aksepter-invitasjon.ts';
import { inviterFolk } from '#lib/server/commands/inviter-folk.ts';
import {
	avvisPerson,
	bekreftPerson,
	byttInvitert,
	sendInvitasjonPaNytt,
	trekkInvitasjon
} from '#lib/server/commands/styr-invitasjon.ts';
import { apneInvitasjon, avslaInvitasjon, beOmNyInvitasjon } from '#lib/server/commands/svar-pa-invitasjon.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentFolk } from '#lib/server/views/folk.ts';
import { hentInvitasjon } from '#lib/server/views/invitasjon.ts';
import { bevis, brev, IDLE_MS, inviter, invitert, lenke, nokkel, rad, SVAR } from '../support/folk.ts';
import { outcome } from '../support/outcome.ts';
import { World, type Person } from '../support/world.ts';

/** S2 and T13: an invitation from the mail to the role, and every way in which it must not go. */

let world: World;
let lisPerson: Person;
let lis: Ctx;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	lisPerson = await world.person('lis', { lis: true });
	lis = await world.ctx(lisPerson);
});
afterAll(() => world.destroy());

const KARI = 'Kari Nordby';
const leser = (now = world.now) => ({ db: world.web, now, requestId: randomUUID(), aktorId: null });
const somNy = async (token: string, person: { navn: string; pid?: string }, now = world.now) =>
	aksepterSomNy({
		...{ db: world.web, now, requestId: randomUUID(), idleMs: IDLE_MS, invitasjon: token },
		bevis: await bevis(world, { ...person, now }),
		person: { navn: person.navn, ...SVAR }
	});
const relasjoner = () =>
	world.owner
		.selectFrom('relasjon as r')
		.innerJoin('bruker as b', 'b.id', 'r.person_id')
		.select(['b.navn', 'r.rolle', 'r.til'])
		.where('r.lis_id', '=', lisPerson.id)
		.orderBy('r.rolle')
		.execute();
const om = (token: string | undefined, now = world.now) =>
	hentInvitasjon({ db: world.web, now }, { token, bevisToken: undefined, brukerId: null });
const etter = (dager: number) => new Date(world.now.getTime() + dager * 24 * 60 * 60 * 1000);

describe('a new person', () => {
	test('opens the link, accepts, and has both roles from then on', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'veileder', 'supervisor'));
		expect(await om(token)).toMatchObject({ lisNavn: lisPerson.navn, roller: ['supervisor', 'veileder'], egen: false });
		await apneInvitasjon(leser(), { token });
		expect(await rad(world, id)).toMatchObject({ status: 'apnet', apnet_at: world.now });
		await somNy(token, { navn: 'NORDBY KARI MARIE' });
		expect(await rad(world, id)).toMatchObject({ status: 'akseptert', akseptert_navn: 'NORDBY KARI MARIE' });
		expect((await relasjoner()).map(({ rolle, til }) => [rolle, til])).toEqual([
			['supervisor', null],
			['veileder', null]
		]);
		expect(await brev(world, id)).toEqual(['invitasjon', 'invitasjon_svar']);
		expect(await om(token)).toBeNull();
	});

	test('of another name has no access before the LIS has confirmed', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder'));
		await somNy(token, { navn: 'Ola Ukjent' });
		expect(await rad(world, id)).toMatchObject({ status: 'til_bekreftelse' });
		expect(await relasjoner()).toEqual([]);
		expect(await brev(world, id)).toContain('invitasjon_bekreft_person');
		const { egne } = await hentFolk(lis);
		expect(egne?.invitasjoner).toMatchObject([
			{ id, akseptertNavn: 'Ola Ukjent', abilities: { bekreft: true, trekk: false } }
		]);
		await bekreftPerson(lis, { invitasjonId: id });
		expect(await relasjoner()).toMatchObject([{ navn: 'Ola Ukjent', rolle: 'leder', til: null }]);
		expect(await outcome(avvisPerson(lis, { invitasjonId: id }))).toBe('conflict: invitasjon_konflikt');
	});

	test('of another name, refused by the LIS, never gets it', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder'));
		await somNy(token, { navn: 'Ola Ukjent' });
		await avvisPerson(lis, { invitasjonId: id });
		expect(await rad(world, id)).toMatchObject({ status: 'trukket', akseptert_av: null });
		expect(await outcome(bekreftPerson(lis, { invitasjonId: id }))).toBe('conflict: invitasjon_konflikt');
		expect(await relasjoner()).toEqual([]);
	});

	test('who is known by their electronic ID becomes no second user', async () => {
		const pid = '22222222222';
		const forste = await inviter(world, lis, invitert(KARI, 'leder'));
		const andre = await inviter(world, lis, invitert(KARI, 'supervisor'));
		await somNy(forste.token, { navn: KARI, pid });
		await somNy(andre.token, { navn: KARI, pid });
		const { akseptert_av } = await rad(world, andre.id);
		expect(akseptert_av).toBe((await rad(world, forste.id)).akseptert_av);
		expect(await relasjoner()).toHaveLength(2);
	});
});

describe('many at once', () => {
	test('50 people with the same link: one gets in, and nobody else becomes a user', async () => {
		const { token } = await inviter(world, lis, invitert(KARI, 'veileder'));
		const antall = () =>
			world.owner
				.selectFrom('bruker')
				.select(({ fn }) => fn.countAll().as('n'))
				.executeTakeFirstOrThrow();
		const { n } = await antall();
		const svar = await Promise.all(Array.from({ length: 50 }, () => outcome(somNy(token, { navn: KARI }))));
		expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
		expect(svar.filter((s) => s === 'conflict: invitasjon_konflikt')).toHaveLength(49);
		expect(await antall()).toEqual({ n: Number(n) + 1 });
		expect(await relasjoner()).toHaveLength(1);
	});

	test('50 answers of all kinds: one counts', async () => {
		const { id, token } = await inviter(world, lis, invitert('Navn ny', 'leder'));
		const ny = await world.person('ny');
		const [person, okt] = [await world.ctx(ny), await world.okt(ny)];
		const svar = await Promise.all(
			Array.from({ length: 50 }, (_, i) =>
				outcome(
					[
						() => aksepterInvitasjon(person, { token, okt }),
						() => avslaInvitasjon(leser(), { token, svar: 'avslatt' }),
						() => avslaInvitasjon(leser(), { token, svar: 'ikke_meg' }),
						() => trekkInvitasjon(lis, { invitasjonId: id })
					][i % 4]?.() ?? Promise.resolve()
				)
			)
		);
		expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
		expect(await brev(world, id)).toHaveLength((await rad(world, id)).status === 'trukket' ? 1 : 2);
	});
});

describe('a link that cannot be used', () => {
	const dode: [string, (id: string, token: string) => Promise<unknown>][] = [
		['declined', (_, token) => avslaInvitasjon(leser(), { token, svar: 'avslatt' })],
		['somebody else’s', (_, token) => avslaInvitasjon(leser(), { token, svar: 'ikke_meg' })],
		['recalled', (id) => trekkInvitasjon(lis, { invitasjonId: id })],
		['replaced', (id) => sendInvitasjonPaNytt(lis, { invitasjonId: id, rettet: null, nokkel })],
		['accepted', (_, token) => somNy(token, { navn: KARI })],
		['accepted by another name', (_, token) => somNy(token, { navn: 'Helt Annen' })]
	];
	test.each(dode)('because it was %s is answered as an unknown one', async (_name, work) => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder'));
		await work(id, token);
		const status = (await rad(world, id)).status;
		expect(await om(token)).toBeNull();
		expect(await om(newToken())).toBeNull();
		expect(await om(undefined)).toBeNull();
		for (const svar of ['avslatt', 'ikke_meg'] as const)
			expect(await outcome(avslaInvitasjon(leser(), { token, svar }))).toMatch(/^conflict/);
		expect(await outcome(somNy(token, { navn: KARI }))).toMatch(/^conflict/);
		await apneInvitasjon(leser(), { token });
		await beOmNyInvitasjon(leser(), { token });
		expect((await rad(world, id)).status).toBe(status);
	});

	test('because it expired can be asked for anew: the LIS is told once', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder'));
		expect(await om(token, etter(29.9))).not.toBeNull();
		expect(await om(token, etter(30))).toBeNull();
		expect(await outcome(somNy(token, { navn: KARI }, etter(30)))).toBe('conflict: invitasjon_konflikt');
		for (let i = 0; i < 3; i++) await beOmNyInvitasjon(leser(etter(31)), { token });
		await beOmNyInvitasjon(leser(etter(31)), { token: newToken() });
		expect(await brev(world, id)).toEqual(['invitasjon', 'invitasjon_be_om_ny']);
		const senere = { ...lis, now: etter(32) };
		expect((await hentFolk(senere)).egne?.invitasjoner).toMatchObject([{ id, status: 'utlopt', bedtOmNy: true }]);
		await sendInvitasjonPaNytt(senere, { invitasjonId: id, rettet: null, nokkel });
		expect(await rad(world, id)).toMatchObject({
			status: 'sendt',
			bedt_om_ny_at: null,
			utloper_at: new Date(etter(32).getTime() + GYLDIG_MS)
		});
		expect(await om(await lenke(world, id), etter(33))).not.toBeNull();
	});
});

describe('traps', () => {
	test('one person invited twice in two roles has one invitation with both', async () => {
		const kari = invitert(KARI, 'veileder');
		const forste = await inviter(world, lis, kari);
		const andre = await inviter(world, lis, { ...kari, roller: ['supervisor'] });
		expect(andre.id).toBe(forste.id);
		expect(await om(forste.token)).toBeNull();
		expect(await om(andre.token)).toMatchObject({ roller: ['supervisor', 'veileder'] });
	});

	test('the LIS cannot invite themself, nor accept their own link by their electronic ID', async () => {
		const egen = {
			navn: 'Meg Selv',
			epost: `${lisPerson.brukernavn.toUpperCase()}@Example.Test`,
			roller: ['leder' as const]
		};
		expect(await outcome(inviterFolk(lis, { personer: [egen], mangler: [], delTidligere: false, nokkel }))).toBe(
			'invalid'
		);
		const { token } = await inviter(world, lis, invitert(lisPerson.navn, 'leder'));
		expect(await outcome(aksepterInvitasjon(lis, { token, okt: await world.okt(lisPerson) }))).toBe(
			'conflict: invitasjon_konflikt_egen'
		);
		expect(await relasjoner()).toEqual([]);
	});

	test('a link opened by somebody else than the addressee is bound to whoever accepts it', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder'));
		await somNy(token, { navn: 'Ola Ukjent', pid: '33333333333' });
		expect(await outcome(somNy(token, { navn: KARI, pid: '44444444444' }))).toBe('conflict: invitasjon_konflikt');
		expect((await rad(world, id)).akseptert_navn).toBe('Ola Ukjent');
	});

	test('no mail and no event without the invitation: all or nothing', async () => {
		const egen = { navn: 'Meg', epost: `${lisPerson.brukernavn}@example.test`, roller: ['leder' as const] };
		const folk = { personer: [invitert(KARI, 'veileder'), egen], mangler: [], delTidligere: false, nokkel };
		expect(await outcome(inviterFolk(lis, folk))).toBe('invalid');
		const rader = await world.owner.selectFrom('invitasjon').select('id').where('lis_id', '=', lisPerson.id).execute();
		expect(rader).toEqual([]);
		expect(
			await world.owner
				.selectFrom('epost')
				.select('id')
				.where('til_epost', '=', folk.personer[0]?.epost ?? '')
				.execute()
		).toEqual([]);
	});
});

test('ten a day, whoever they go to and however they are sent; more the day after', async () => {
	const { id } = await inviter(world, lis, invitert(KARI, 'leder'));
	for (let i = 0; i < 9; i++) await sendInvitasjonPaNytt(lis, { invitasjonId: id, rettet: null, nokkel });
	expect(await outcome(inviter(world, lis, invitert(KARI, 'supervisor')))).toBe('too_many');
	expect(await outcome(sendInvitasjonPaNytt(lis, { invitasjonId: id, rettet: null, nokkel }))).toBe('too_many');
	expect(await outcome(inviter(world, { ...lis, now: etter(1.01) }, invitert(KARI, 'supervisor')))).toBe('ok');
});

test('twelve at once are ten', async () => {
	const svar = await Promise.all(
		Array.from({ length: 12 }, () => outcome(inviter(world, lis, invitert(KARI, 'supervisor'))))
	);
	expect(svar.filter((s) => s === 'ok')).toHaveLength(10);
	expect(svar.filter((s) => s === 'too_many')).toHaveLength(2);
});

describe('the LIS', () => {
	test('corrects an address: the old link dies, the new one goes to the new address', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder'));
		await sendInvitasjonPaNytt(lis, { invitasjonId: id, rettet: { navn: KARI, epost: 'rett@example.com' }, nokkel });
		expect(await om(token)).toBeNull();
		expect(await om(await lenke(world, id))).toMatchObject({ epost: 'rett@example.com' });
	});

	test('swaps a wrongly invited person: theirs is recalled, the other gets the same roles', async () => {
		const { id, token } = await inviter(world, lis, invitert(KARI, 'leder', 'supervisor'));
		await byttInvitert(lis, { invitasjonId: id, til: invitert('Per Berg'), nokkel });
		expect((await rad(world, id)).status).toBe('trukket');
		expect(await om(token)).toBeNull();
		expect(
			(await hentFolk(lis)).egne?.invitasjoner.map(({ navn, roller, status }) => [navn, status, roller])
		).toContainEqual([...['Per Berg', 'sendt', ['leder', 'supervisor']]]);
	});
});

test('nobody else has anything to do with it: another LIS, whoever follows, whoever is malformed', async () => {
	const { id } = await inviter(world, lis, invitert(KARI, 'leder'));
	const fremmed = await world.ctx(await world.person('annen-lis', { lis: true }));
	const veileder = await world.person('veileder');
	await world.relate(lisPerson, veileder, 'veileder');
	const folger = await world.ctx(veileder);
	for (const invitasjonId of [id, randomUUID(), 'x']) {
		const verb: ((ctx: Ctx) => Promise<void>)[] = [
			(ctx) => trekkInvitasjon(ctx, { invitasjonId }),
			(ctx) => sendInvitasjonPaNytt(ctx, { invitasjonId, rettet: null, nokkel }),
			(ctx) => byttInvitert(ctx, { invitasjonId, til: invitert('X Y'), nokkel }),
			(ctx) => bekreftPerson(ctx, { invitasjonId }),
			(ctx) => avvisPerson(ctx, { invitasjonId })
		];
		for (const kjor of verb) {
			expect(await outcome(kjor(fremmed))).toBe('not_found');
			expect(await outcome(kjor(folger))).toBe(invitasjonId === id ? 'forbidden' : 'not_found');
		}
	}
	expect((await rad(world, id)).status).toBe('sendt');
});
