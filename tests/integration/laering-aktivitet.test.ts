import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { feltfeil } from '#lib/domain/samtale/skjema.ts';
import { kladdSkjema, type Kladd } from '#lib/domain/laering/skjema.ts';
import { aksepterSomNy } from '#lib/server/commands/aksepter-invitasjon.ts';
import { dupliserAktivitet, lagreAktivitet, slettAktivitet } from '#lib/server/commands/lagre-aktivitet.ts';
import { angreAktivitet, sendAktivitet, trekkAktivitet } from '#lib/server/commands/send-aktivitet.ts';
import { byttInvitert, trekkInvitasjon } from '#lib/server/commands/styr-invitasjon.ts';
import { signerAktiviteter } from '#lib/server/commands/signer-aktivitet.ts';
import { underkjennAktivitet } from '#lib/server/commands/underkjenn-aktivitet.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { bevis, IDLE_MS, inviter, invitert, nokkel, SVAR } from '../support/folk.ts';
import { kravAv, utfylt } from '../support/laering.ts';
import { outcome } from '../support/outcome.ts';
import { syntheticPid } from '../support/synthetic-pid.ts';
import { World } from '../support/world.ts';

/** S13: an aktivitet from the draft to the supervisør and back. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let krav: string;
beforeAll(async () => {
	world = await World.create();
	krav = (await kravAv(world, 'KLK-001'))[0]?.id ?? '';
});
beforeEach(async () => {
	cast = await world.cast();
	lis = await world.ctx(cast.lis);
});
afterAll(() => world.destroy());

const rad = async (id: string) => {
	const funnet = await findAktivitet(world.owner, id);
	if (!funnet) throw new Error('no such aktivitet');
	return funnet;
};
const kladd = (mer: Partial<Kladd> = {}) => utfylt(world, krav, cast.supervisor, mer);
const igjen = async (k: Kladd): Promise<Kladd> => ({ ...k, versjon: (await rad(k.id)).versjon });
const feilene = async (arbeid: Promise<unknown>) =>
	arbeid.then(
		() => ({}),
		(error: unknown) => (error as { detail?: { fields?: object } }).detail?.fields ?? error
	);
const hendelser = async (id: string) =>
	(await world.owner.selectFrom('hendelse').select('type').where('objekt_id', '=', id).orderBy('id').execute()).map(
		({ type }) => type
	);

describe('a draft', () => {
	test('is kept with everything in it, and the goal of its krav among those that it serves', async () => {
		const k = kladd({ mal: ['KLK-005'] });
		expect(await lagreAktivitet(lis, k)).toEqual({ versjon: 1 });
		expect(await rad(k.id)).toMatchObject({
			...{ status: 'kladd', slag: 'signeres', kravId: krav, koder: ['KLK-001', 'KLK-005'], tekst: 'Sårstell' },
			...{ supervisorId: cast.supervisor.id, nivaa: 'under_supervisjon', lisId: cast.lis.id }
		});
		expect(await hendelser(k.id)).toEqual(['aktivitet.opprettet']);
	});

	test('can lack everything', async () => {
		const tom = kladd({
			gjelder: null,
			dato: null,
			sted: null,
			tekst: null,
			refleksjon: null,
			nivaa: null,
			mottaker: null
		});
		await lagreAktivitet(lis, tom);
		expect(await rad(tom.id)).toMatchObject({ status: 'kladd', kravId: null, koder: [] });
	});

	test('that was changed in another tab is not written over; the same again changes nothing', async () => {
		const k = kladd();
		await lagreAktivitet(lis, k);
		expect(await lagreAktivitet(lis, k)).toEqual({ versjon: 1 });
		expect(await lagreAktivitet(lis, { ...k, versjon: 1, tekst: 'i den ene' })).toEqual({ versjon: 2 });
		expect(await outcome(lagreAktivitet(lis, { ...k, versjon: 1, tekst: 'i den andre' }))).toBe(
			'conflict: aktivitet_konflikt_endret'
		);
		expect((await rad(k.id)).tekst).toBe('i den ene');
	});

	test('names krav, goals and people of the LIS alone', async () => {
		expect(await feilene(lagreAktivitet(lis, kladd({ mal: ['ABC-001'] })))).toEqual({ mal: 'aktivitet_feil_mal' });
		const ukjent = { hva: 'krav', kravId: crypto.randomUUID() } as const;
		expect(await feilene(lagreAktivitet(lis, kladd({ gjelder: ukjent })))).toEqual({ gjelder: 'aktivitet_feil_mal' });
		for (const person of [cast.veileder, cast.annenVeileder, cast.lis])
			expect(await feilene(lagreAktivitet(lis, kladd({ mottaker: { hvem: 'person', id: person.id } })))).toEqual({
				mottaker: 'aktivitet_feil_supervisor'
			});
	});

	test('is nobody else’s, not even that it is there', async () => {
		const k = kladd();
		await lagreAktivitet(lis, k);
		for (const person of [cast.supervisor, cast.veileder, cast.leder, cast.annenLis, cast.hdir]) {
			const ctx = await world.ctx(person);
			expect([person.navn, await outcome(slettAktivitet(ctx, { id: k.id }))]).toEqual([person.navn, 'not_found']);
			expect(await outcome(dupliserAktivitet(ctx, { id: k.id }))).toBe('not_found');
		}
		expect(await outcome(lagreAktivitet(await world.ctx(cast.annenLis), { ...k, versjon: 1 }))).toBe('not_found');
		expect(await outcome(lagreAktivitet(await world.ctx(cast.supervisor), kladd()))).toBe('not_found');
	});

	test('can be deleted, and be made of another one', async () => {
		const k = kladd();
		await sendAktivitet(lis, k);
		expect(await outcome(slettAktivitet(lis, { id: k.id }))).toBe('conflict: laering_konflikt_aktivitet_sendt');
		const ny = await dupliserAktivitet(lis, { id: k.id });
		expect(await rad(ny.id)).toMatchObject({ status: 'kladd', dato: null, tekst: 'Sårstell', koder: ['KLK-001'] });
		await slettAktivitet(lis, ny);
		expect(await findAktivitet(world.owner, ny.id)).toBeUndefined();
	});

	test('holds no fødselsnummer, whatever the field', () => {
		const tom = { id: crypto.randomUUID(), versjon: '0', gjelder: '', mal: '', dato: '', nivaa: '', mottaker: '' };
		for (const felt of ['sted', 'tekst', 'refleksjon']) {
			const lest = v.safeParse(kladdSkjema, { ...tom, [felt]: `Pasient ${syntheticPid()} ble undersøkt` });
			expect(feltfeil(lest.issues ?? [])).toEqual({ [felt]: 'felles_feil_fodselsnummer' });
		}
	});
});

describe('sending', () => {
	test('needs krav, date and supervisør, and a day that has come', async () => {
		const uten = kladd({ gjelder: null, dato: null, mottaker: null });
		expect(await feilene(sendAktivitet(lis, uten))).toEqual({
			gjelder: 'aktivitet_feil_krav_mangler',
			dato: 'aktivitet_feil_dato_mangler',
			mottaker: 'aktivitet_feil_supervisor_mangler'
		});
		expect(await findAktivitet(world.owner, uten.id)).toBeUndefined();
		expect(await feilene(sendAktivitet(lis, kladd({ dato: '2099-01-01' })))).toEqual({
			dato: 'aktivitet_feil_dato_framtid'
		});
	});

	test('begins the plan, and the supervisør can act on it', async () => {
		const k = kladd({ mal: ['KLK-002'] });
		expect(await sendAktivitet(lis, k)).toEqual({ status: 'sendt' });
		expect(await hendelser(k.id)).toEqual(['aktivitet.opprettet', 'aktivitet.sendt']);
		const plan = await world.owner
			.selectFrom('plan_tildeling')
			.select('status')
			.where('lis_id', '=', cast.lis.id)
			.executeTakeFirstOrThrow();
		expect(plan.status).toBe('paabegynt');
		const { versjon } = await rad(k.id);
		await signerAktiviteter(await world.ctx(cast.supervisor), {
			...{ aktiviteter: [{ id: k.id, versjon }], tilbakemelding: null, anbefal: false }
		});
		expect(await outcome(trekkAktivitet(lis, { id: k.id }))).toBe('conflict: laering_konflikt_aktivitet_signert');
		expect(await outcome(lagreAktivitet(lis, await igjen(k)))).toBe('conflict: laering_konflikt_aktivitet_signert');
	});

	test('to somebody who is no supervisør any more is refused', async () => {
		const k = kladd();
		await lagreAktivitet(lis, k);
		await world.owner
			.updateTable('relasjon')
			.set({ til: world.past(1) })
			.where('person_id', '=', cast.supervisor.id)
			.execute();
		expect(await feilene(sendAktivitet(lis, await igjen(k)))).toEqual({ mottaker: 'aktivitet_feil_supervisor' });
	});

	test('50 at once: one is sent', async () => {
		const k = kladd();
		await lagreAktivitet(lis, k);
		const svar = await Promise.all(Array.from({ length: 50 }, () => outcome(sendAktivitet(lis, { ...k, versjon: 1 }))));
		expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
		expect(svar.filter((s) => s === 'conflict: laering_konflikt_aktivitet_sendt')).toHaveLength(49);
		expect(await hendelser(k.id)).toEqual(['aktivitet.opprettet', 'aktivitet.sendt']);
	});

	test('is taken back until it is acted on, and after it was underkjent', async () => {
		const k = kladd();
		await sendAktivitet(lis, k);
		await trekkAktivitet(lis, { id: k.id });
		expect(await rad(k.id)).toMatchObject({ status: 'kladd', sendtAt: null });
		await sendAktivitet(lis, { ...(await igjen(k)), tekst: 'Bedre' });
		const { versjon } = await rad(k.id);
		await underkjennAktivitet(await world.ctx(cast.supervisor), { id: k.id, versjon, grunn: 'For lite' });
		expect(await outcome(trekkAktivitet(lis, { id: k.id }))).toBe('conflict: laering_konflikt_aktivitet_underkjent');
		await angreAktivitet(lis, { id: k.id });
		expect(await rad(k.id)).toMatchObject({ status: 'kladd', grunn: null, avgjortAt: null, tekst: 'Bedre' });
		await sendAktivitet(lis, await igjen({ ...k, tekst: 'Best' }));
		expect((await rad(k.id)).status).toBe('sendt');
	});
});

describe('what nobody signs', () => {
	test('is registered: the courses, and evidence from the hospital, which fulfils no krav', async () => {
		const kurs = kladd({ gjelder: { hva: 'kurs', kurs: 'akuttmedisin' } });
		expect(await sendAktivitet(lis, kurs)).toEqual({ status: 'registrert' });
		expect(await rad(kurs.id)).toMatchObject({ slag: 'kursbevis', kurs: 'akuttmedisin', supervisorId: null });
		const sykehus = kladd({ gjelder: { hva: 'sykehus' } });
		expect(await feilene(sendAktivitet(lis, sykehus))).toEqual({ mal: 'aktivitet_feil_mal_mangler' });
		await sendAktivitet(lis, { ...sykehus, mal: ['KLK-003', 'KLK-004'] });
		expect(await rad(sykehus.id)).toMatchObject({ slag: 'fra_sykehus', kravId: null, koder: ['KLK-003', 'KLK-004'] });
		await angreAktivitet(lis, { id: sykehus.id });
		expect((await rad(sykehus.id)).status).toBe('kladd');
	});

	test('is so by the catalogue’s krav', async () => {
		const egen = await world.owner
			.selectFrom('katalog_krav as k')
			.innerJoin('plan_tildeling as p', 'p.katalog_id', 'k.katalog_id')
			.select(['k.krav_id', 'k.slag'])
			.where('p.lis_id', '=', cast.lis.id)
			.where('k.slag', '<>', 'signeres')
			.execute();
		for (const { krav_id, slag } of egen.slice(0, 3)) {
			const k = kladd({ gjelder: { hva: 'krav', kravId: krav_id }, mottaker: null });
			await sendAktivitet(lis, k);
			expect(await rad(k.id)).toMatchObject({ status: 'registrert', slag });
		}
		const signeres = kladd({ mottaker: null });
		expect(await feilene(sendAktivitet(lis, signeres))).toHaveProperty('mottaker');
	});
});

describe('somebody invited', () => {
	const aksepter = async (token: string, navn: string) =>
		aksepterSomNy({
			...{ db: world.web, now: world.now, requestId: crypto.randomUUID(), idleMs: IDLE_MS, invitasjon: token },
			bevis: await bevis(world, { navn }),
			person: { navn, ...SVAR }
		});

	test('is waited for, and is given it on accepting', async () => {
		const { id, token } = await inviter(world, lis, invitert('Siri Supervisør', 'supervisor'));
		const k = kladd({ mottaker: { hvem: 'invitasjon', id } });
		await sendAktivitet(lis, k);
		expect(await rad(k.id)).toMatchObject({ status: 'sendt', supervisorId: null, invitertNavn: 'Siri Supervisør' });
		await aksepter(token, 'Siri Supervisør');
		expect(await rad(k.id)).toMatchObject({ status: 'sendt', supervisorNavn: 'Siri Supervisør', invitasjonId: null });
	});

	test('must have been invited as a supervisør, by this LIS, and be able to answer', async () => {
		const leder = await inviter(world, lis, invitert('Lars Leder', 'leder'));
		const annens = await inviter(world, await world.ctx(cast.annenLis), invitert('Siri S', 'supervisor'));
		const trukket = await inviter(world, lis, invitert('Tor Trukket', 'supervisor'));
		await trekkInvitasjon(lis, { invitasjonId: trukket.id });
		for (const { id } of [leder, annens, trukket])
			expect(await feilene(sendAktivitet(lis, kladd({ mottaker: { hvem: 'invitasjon', id } })))).toEqual({
				mottaker: 'aktivitet_feil_supervisor'
			});
	});

	test('whose invitation is gone: the LIS takes it back', async () => {
		const { id } = await inviter(world, lis, invitert('Tor Trukket', 'supervisor'));
		const k = kladd({ mottaker: { hvem: 'invitasjon', id } });
		await sendAktivitet(lis, k);
		await trekkInvitasjon(lis, { invitasjonId: id });
		await trekkAktivitet(lis, { id: k.id });
		expect((await rad(k.id)).status).toBe('kladd');
	});

	test('who was swapped for another: it waits for the other', async () => {
		const { id } = await inviter(world, lis, invitert('Feil Person', 'supervisor'));
		const k = kladd({ mottaker: { hvem: 'invitasjon', id } });
		await sendAktivitet(lis, k);
		const til = { navn: 'Rett Person', epost: 'rett@example.com' };
		await byttInvitert(lis, { invitasjonId: id, til, nokkel });
		expect(await rad(k.id)).toMatchObject({ status: 'sendt', invitertNavn: 'Rett Person' });
	});

	test('accepting while it is sent: it never waits for an invitation that is over', async () => {
		for (let runde = 0; runde < 5; runde++) {
			const { id, token } = await inviter(world, lis, invitert('Siri Samtidig', 'supervisor'));
			const k = kladd({ mottaker: { hvem: 'invitasjon', id } });
			const [sendt] = await Promise.all([outcome(sendAktivitet(lis, k)), aksepter(token, 'Siri Samtidig')]);
			if (sendt === 'ok')
				expect(await rad(k.id)).toMatchObject({ invitasjonId: null, supervisorNavn: 'Siri Samtidig' });
			else expect(sendt).toBe('invalid');
		}
	});
});
