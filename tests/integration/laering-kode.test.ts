import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { KODE_MS } from '#lib/domain/laering/kode.ts';
import { lagSigneringskode } from '#lib/server/commands/lag-signeringskode.ts';
import { lagreAktivitet } from '#lib/server/commands/lagre-aktivitet.ts';
import { registrerSignerer, signerMedKode } from '#lib/server/commands/signer-med-kode.ts';
import { svarPaSignatur } from '#lib/server/commands/svar-pa-signatur.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { listAnbefalinger } from '#lib/server/queries/anbefaling.ts';
import { findAktivitet } from '#lib/server/queries/laeringsaktivitet.ts';
import { filsum } from '#lib/server/fil/signert.ts';
import { hentKodeside } from '#lib/server/views/signeringskode.ts';
import { bevis, IDLE_MS } from '../support/folk.ts';
import { kravAv, utfylt } from '../support/laering.ts';
import { outcome } from '../support/outcome.ts';
import { World, type Person } from '../support/world.ts';

/** Signing on the spot: the code that the LIS shows, and every way in which it must not work. */

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

const INGEN_FILER = filsum([]);
const origin = 'http://localhost:3000';
const vis = async (kladd = utfylt(world, krav, null), now = world.now) => {
	const { adresse, svg } = await lagSigneringskode({ ...lis, now }, { kladd, origin });
	return { id: kladd.id, kladd, svg, token: adresse.split('/').at(-1) ?? '' };
};
const rad = async (id: string) => {
	const funnet = await findAktivitet(world.owner, id);
	if (!funnet) throw new Error('no such aktivitet');
	return funnet;
};
const signer = async (hvem: Person, { id, token }: { id: string; token: string }, mer: Partial<Ctx> = {}) => {
	const ctx = { ...(await world.ctx(hvem)), ...mer };
	const { versjon } = await rad(id);
	return signerMedKode(ctx, {
		token,
		versjon,
		filer: INGEN_FILER,
		eidAt: world.now,
		tilbakemelding: 'Fint',
		anbefal: true
	});
};
const side = (token: string, hvem: { brukerId?: string; eidAt?: Date; bevisToken?: string } = {}, now = world.now) =>
	hentKodeside(
		{ db: world.web, now },
		{ token, brukerId: hvem.brukerId ?? null, eidAt: hvem.eidAt ?? null, bevisToken: hvem.bevisToken }
	);
const relasjon = (person: string) =>
	world.owner
		.selectFrom('relasjon')
		.select('rolle')
		.where('lis_id', '=', cast.lis.id)
		.where('person_id', '=', person)
		.execute();

describe('a code', () => {
	test('is shown for a draft that is complete, and is kept as a hash alone', async () => {
		const { id, token, svg } = await vis();
		expect(svg).toMatch(/^<svg /);
		expect((await rad(id)).status).toBe('kladd');
		const rader = await world.owner.selectFrom('signeringskode').selectAll().where('aktivitet_id', '=', id).execute();
		expect(JSON.stringify(rader)).not.toContain(token);
		expect(await outcome(vis(utfylt(world, krav, null, { dato: null })))).toBe('invalid');
		expect(await outcome(vis(utfylt(world, krav, null, { gjelder: null })))).toBe('invalid');
		expect(await outcome(vis(utfylt(world, krav, null, { gjelder: { hva: 'sykehus' }, mal: ['KLK-001'] })))).toContain(
			'conflict'
		);
	});

	test('is signed with by somebody whom the LIS then confirms: a relation is made', async () => {
		const kode = await vis();
		const fremmed = await world.person('vikar');
		await signer(fremmed, kode);
		expect(await rad(kode.id)).toMatchObject({
			...{ status: 'signert', supervisorId: fremmed.id, avgjortAv: fremmed.id, tilbakemelding: 'Fint' }
		});
		expect(await relasjon(fremmed.id)).toEqual([]);
		await svarPaSignatur(lis, { id: kode.id, svar: 'ja' });
		expect(await relasjon(fremmed.id)).toEqual([{ rolle: 'supervisor' }]);
		expect(await outcome(svarPaSignatur(lis, { id: kode.id, svar: 'nei' }))).toBe(
			'conflict: signering_konflikt_besvart'
		);
	});

	test('«Nei» takes signature and recommendation away; the code that was used and older ones open nothing', async () => {
		const gammel = await vis();
		const kode = { ...(await vis({ ...gammel.kladd, versjon: 1 })) };
		const fremmed = await world.person('feil');
		await signer(fremmed, kode);
		expect(await listAnbefalinger(world.owner, cast.lis.id)).toHaveLength(1);
		await svarPaSignatur(lis, { id: kode.id, svar: 'nei' });
		expect(await rad(kode.id)).toMatchObject({
			status: 'kladd',
			supervisorId: null,
			signertHash: null,
			tekst: 'Sårstell'
		});
		expect(await listAnbefalinger(world.owner, cast.lis.id)).toEqual([]);
		expect(await relasjon(fremmed.id)).toEqual([]);
		for (const en of [kode, gammel])
			expect(await outcome(signer(fremmed, en))).toBe('conflict: signering_konflikt_kode_brukt');
		const senere = { now: new Date(world.now.getTime() + 1) };
		const ny = await vis({ ...kode.kladd, versjon: (await rad(kode.id)).versjon }, senere.now);
		expect(await outcome(signer(fremmed, ny, senere))).toBe('ok');
	});

	test('needs no confirmation of somebody who is a supervisør already', async () => {
		const kode = await vis();
		await signer(cast.supervisor, kode);
		expect(await outcome(svarPaSignatur(lis, { id: kode.id, svar: 'nei' }))).toBe(
			'conflict: signering_konflikt_besvart'
		);
		expect((await rad(kode.id)).status).toBe('signert');
	});

	test('works once, for ten minutes, not for the LIS, not without electronic ID, not for what has changed', async () => {
		const kode = await vis();
		const fremmed = await world.person('vikar');
		const senere = { now: new Date(world.now.getTime() + KODE_MS) };
		expect(await outcome(signer(fremmed, kode, senere))).toBe('conflict: signering_konflikt_kode_utlopt');
		expect(await outcome(signer(cast.lis, kode))).toBe('conflict: signering_konflikt_egen');
		expect(await outcome(signer(fremmed, { ...kode, token: 'x'.repeat(43) }))).toBe(
			'conflict: signering_konflikt_kode'
		);
		const ctx = await world.ctx(fremmed);
		const rest = { token: kode.token, versjon: 1, filer: INGEN_FILER, tilbakemelding: null, anbefal: false };
		expect(await outcome(signerMedKode(ctx, { ...rest, eidAt: null }))).toBe('conflict: signering_konflikt_eid');
		await lagreAktivitet(lis, { ...kode.kladd, versjon: 1, tekst: 'Noe annet' });
		expect(await outcome(signerMedKode(ctx, { ...rest, eidAt: world.now }))).toBe(
			'conflict: signering_konflikt_endret'
		);
		await signer(fremmed, kode);
		expect(await outcome(signer(fremmed, kode))).toBe('conflict: signering_konflikt_kode_brukt');
	});

	test('50 at once: one signs', async () => {
		const kode = await vis();
		const folk = await Promise.all(Array.from({ length: 5 }, (_, nr) => world.person(`vikar-${nr}`)));
		const svar = await Promise.all(
			Array.from({ length: 50 }, (_, nr) => outcome(signer(folk[nr % 5] as Person, kode)))
		);
		expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
		expect(svar.filter((s) => s.startsWith('conflict: signering_konflikt'))).toHaveLength(49);
	});
});

describe('the page behind a code', () => {
	test('shows the content to nobody who has not identified, and says why a code does not work', async () => {
		const kode = await vis();
		const fremmed = await world.person('vikar');
		const lisNavn = cast.lis.navn;
		expect(await side(kode.token)).toEqual({ steg: 'identifiser', lisNavn, innlogget: false });
		expect(await side(kode.token, { brukerId: fremmed.id })).toEqual({ steg: 'identifiser', lisNavn, innlogget: true });
		expect(await side(kode.token, { brukerId: fremmed.id, eidAt: world.now })).toMatchObject({
			...{ steg: 'signer', aktivitet: { id: kode.id, tekst: 'Sårstell', mal: [{ kode: 'KLK-001' }] } }
		});
		const ubrukelig = (hvorfor: string) => ({ steg: 'ubrukelig', hvorfor });
		expect(await side('-')).toEqual(ubrukelig('signering_konflikt_kode'));
		expect(await side(kode.token, { brukerId: cast.lis.id })).toEqual(ubrukelig('signering_konflikt_egen'));
		const senere = new Date(world.now.getTime() + KODE_MS);
		expect(await side(kode.token, {}, senere)).toEqual(ubrukelig('signering_konflikt_kode_utlopt'));
		await signer(fremmed, kode);
		expect(await side(kode.token, { brukerId: fremmed.id })).toEqual({ steg: 'signert', lisNavn });
		expect(await side(kode.token)).toEqual(ubrukelig('signering_konflikt_kode_brukt'));
	});

	test('lets somebody without a user become one, by the name of their electronic ID, and only with a code', async () => {
		const kode = await vis();
		const bevisToken = await bevis(world, { navn: 'Siri Vikar' });
		expect(await side(kode.token, { bevisToken })).toMatchObject({ steg: 'registrer', navn: 'Siri Vikar' });
		const inn = {
			...{ db: world.web, now: world.now, requestId: crypto.randomUUID(), idleMs: IDLE_MS, bevis: bevisToken },
			...{ epost: 'siri@example.com', sprak: 'nn' as const }
		};
		expect(await outcome(registrerSignerer({ ...inn, kode: 'x' }))).toBe('conflict: signering_konflikt_kode');
		const { token } = await registrerSignerer({ ...inn, kode: kode.token });
		expect(token).toHaveLength(43);
		expect(await outcome(registrerSignerer({ ...inn, kode: kode.token }))).toBe(
			'conflict: registrering_konflikt_bevis'
		);
		const ny = await world.owner
			.selectFrom('bruker')
			.selectAll()
			.where('navn', '=', 'Siri Vikar')
			.executeTakeFirstOrThrow();
		expect(ny).toMatchObject({ epost: 'siri@example.com', sprak: 'nn', status: 'aktiv' });
	});
});
