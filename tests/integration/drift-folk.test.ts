import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { can, decide } from '#lib/server/authz/index.ts';
import { avsluttFeilRelasjon } from '#lib/server/commands/drift/avslutt-relasjon.ts';
import { merkEpostSett } from '#lib/server/commands/drift/merk-epost-sett.ts';
import { avsettHdir, utnevnHdir } from '#lib/server/commands/drift/utnevn.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { insertEposter, markEpostFeilet, markEpostSendt } from '#lib/server/queries/epost.ts';
import { deleteExpired } from '#lib/server/queries/rydding.ts';
import { findSamtale } from '#lib/server/queries/samtale.ts';
import { hentBrukerForDrift, hentDrift } from '#lib/server/views/drift.ts';
import { outcome } from '../support/outcome.ts';
import { World, type Person } from '../support/world.ts';

/** What drift does to people: ends a wrong relation, appoints at Helsedirektoratet, sees mail that failed. Never content. */

const DAG = 24 * 60 * 60 * 1000;

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let drift: Ctx;
let worker: Db;
beforeAll(async () => {
	world = await World.create();
	worker = world.connect('lisk_worker');
	cast = await world.cast();
	drift = await world.ctx(cast.drift);
});
afterAll(() => world.destroy());

const hendelser = (objektId: string) =>
	world.owner
		.selectFrom('hendelse')
		.select(['type', 'aktor_id', 'aktor_rolle', 'data'])
		.where('objekt_id', '=', objektId)
		.orderBy('id')
		.execute();
const relasjonTil = async (person: Person) =>
	(await world.owner.selectFrom('relasjon').select('id').where('person_id', '=', person.id).executeTakeFirstOrThrow())
		.id;

describe('a wrong relation', () => {
	test('ends at once, on the page and in the room, with its reason in the log; once only', async () => {
		const samtaleId = await world.samtale(cast.veileder, cast.lis);
		const utgave = async () =>
			(
				await world.owner
					.selectFrom('collab_doc')
					.select('access_version')
					.where('id', '=', samtaleId)
					.executeTakeFirstOrThrow()
			).access_version;
		const skriver = async () =>
			can(
				(await world.ctx(cast.veileder)).actor,
				...(['samtale.skriv', (await findSamtale(world.web, samtaleId)) ?? expect.fail(), world.now] as const)
			);
		const [relasjonId, for_] = [await relasjonTil(cast.veileder), await utgave()];
		expect(await skriver()).toBe(true);
		const side = await hentBrukerForDrift(drift, cast.veileder.id);
		expect(side.relasjoner).toMatchObject([{ id: relasjonId, kanAvsluttes: true }]);
		const avslutt = () => avsluttFeilRelasjon(drift, { brukerId: cast.veileder.id, relasjonId, grunn: 'Feil person' });
		expect(await outcome(avslutt())).toBe('ok');
		expect(await skriver()).toBe(false);
		expect(await utgave()).toBeGreaterThan(for_);
		expect(
			decide((await world.ctx(cast.veileder)).actor, 'veiledning.se', { lisId: cast.lis.id }, world.now)
		).toMatchObject({ why: 'ended', since: world.now });
		expect(await hendelser(relasjonId)).toMatchObject([
			{ type: 'relasjon.avsluttet', aktor_id: cast.drift.id, aktor_rolle: 'drift', data: { grunn: 'Feil person' } }
		]);
		expect(await outcome(avslutt())).toBe('conflict: folk_konflikt_avsluttet');
		expect((await hentBrukerForDrift(drift, cast.veileder.id)).relasjoner).toMatchObject([{ kanAvsluttes: false }]);
	});

	test('is found from either side, and not from a third', async () => {
		const relasjonId = await relasjonTil(cast.supervisor);
		const fra = (brukerId: string, id = relasjonId) =>
			outcome(avsluttFeilRelasjon(drift, { brukerId, relasjonId: id, grunn: 'x' }));
		expect(await fra(cast.leder.id)).toBe('not_found');
		expect(await fra(cast.lis.id, randomUUID())).toBe('not_found');
		expect(await fra('x', 'y')).toBe('not_found');
		expect(await fra(cast.lis.id)).toBe('ok');
	});
});

describe('the role at Helsedirektoratet', () => {
	test('is given and taken away with a reason, once each; the page says who has it', async () => {
		const person = await world.person('ny-i-hdir');
		const hvem = { brukerId: person.id, grunn: 'Ansatt' };
		const har = async () => (await world.ctx(person)).actor.fasteRoller;
		const svar = await Promise.all([1, 2, 3, 4].map(() => outcome(utnevnHdir(drift, hvem))));
		expect(svar.toSorted()).toEqual([...Array<string>(3).fill('conflict: drift_konflikt_har'), 'ok']);
		expect(await har()).toMatchObject([{ rolle: 'hdir', til: null }]);
		expect((await hentDrift(drift, '')).roller).toContainEqual(
			expect.objectContaining({ id: person.id, rolle: 'hdir' })
		);
		expect(await hentBrukerForDrift(drift, person.id)).toMatchObject({
			...{ utnevnt: true, abilities: { utnevn: false, avsett: true } }
		});
		expect(await outcome(avsettHdir(drift, { ...hvem, grunn: 'Sluttet' }))).toBe('ok');
		expect(await outcome(avsettHdir(drift, hvem))).toBe('conflict: drift_konflikt_har_ikke');
		expect(await har()).toMatchObject([{ rolle: 'hdir', til: world.now }]);
		expect(await hendelser(person.id)).toMatchObject([
			{ type: 'rolle.gitt', aktor_rolle: 'drift', data: { rolle: 'hdir', grunn: 'Ansatt' } },
			{ type: 'rolle.avsluttet', aktor_rolle: 'drift', data: { rolle: 'hdir', grunn: 'Sluttet' } }
		]);
	});

	test('is given to nobody who is not active, and by nobody to themself', async () => {
		const borte = await world.person('borte', { status: 'deaktivert' });
		const gi = (brukerId: string) => outcome(utnevnHdir(drift, { brukerId, grunn: 'x' }));
		expect(await gi(borte.id)).toBe('conflict: drift_konflikt_ikke_aktiv');
		expect(await gi(cast.drift.id)).toBe('conflict: drift_konflikt_selv');
		for (const id of [randomUUID(), 'x']) expect(await gi(id)).toBe('not_found');
	});
});

test('nobody but drift can do any of it, nor learns that it is there', async () => {
	const relasjonId = await relasjonTil(cast.leder);
	for (const person of [cast.lis, cast.leder, cast.supervisor, cast.hdir, cast.annenLis]) {
		const ctx = await world.ctx(person);
		const hvem = { brukerId: cast.leder.id, grunn: 'x' };
		for (const work of [
			avsluttFeilRelasjon(ctx, { ...hvem, relasjonId }),
			utnevnHdir(ctx, hvem),
			avsettHdir(ctx, { ...hvem, brukerId: cast.hdir.id }),
			merkEpostSett(ctx, { epostId: randomUUID() })
		])
			expect(await outcome(work)).toBe('not_found');
	}
});

describe('mail', () => {
	async function brev(blir: 'venter' | 'sendt' | 'feilet'): Promise<string> {
		const id = randomUUID();
		const mottaker = { id: null, navn: 'Kari Nordby', epost: 'kari@example.test', sprak: 'nb' };
		const epost = { id, mal: 'passord_satt', mottaker, data: {}, hemmelig: null, objektId: null };
		await insertEposter(world.web, [epost], world.now);
		if (blir === 'sendt') await markEpostSendt(worker, id, 1, world.now);
		if (blir === 'feilet') await markEpostFeilet(worker, id, 1, '550');
		return id;
	}
	const finnes = async (id: string) =>
		(await world.owner.selectFrom('epost').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
	const etter = (dager: number) => new Date(world.now.getTime() + dager * DAG);

	test('that was sent is deleted after ninety days; what failed stays until it has been seen', async () => {
		const [venter, sendt, feilet, sett] = [
			await brev('venter'),
			await brev('sendt'),
			await brev('feilet'),
			await brev('feilet')
		];
		expect((await hentDrift(drift, '')).feilet.map(({ id }) => id)).toEqual(expect.arrayContaining([feilet, sett]));
		await merkEpostSett(drift, { epostId: sett });
		expect((await hentDrift(drift, '')).feilet.map(({ id }) => id)).toEqual([feilet]);
		for (const epostId of [sett, sendt, venter, randomUUID(), 'x'])
			expect(await outcome(merkEpostSett(drift, { epostId }))).toBe('not_found');
		expect(await hendelser(sett)).toMatchObject([{ type: 'epost.sett', aktor_rolle: 'drift' }]);

		expect((await deleteExpired(worker, etter(90))).epost).toBe(0);
		expect((await deleteExpired(worker, new Date(etter(90).getTime() + 1))).epost).toBe(2);
		expect((await deleteExpired(worker, etter(400))).epost).toBe(0);
		expect(await Promise.all([venter, sendt, feilet, sett].map(finnes))).toEqual([true, false, true, false]);
	});
});
