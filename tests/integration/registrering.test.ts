import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lesOkt } from '#lib/server/auth/okter.ts';
import { sjekkPassord } from '#lib/server/auth/passord.ts';
import { registrerLis } from '#lib/server/commands/registrer-lis.ts';
import { hentRegistrering } from '#lib/server/views/registrer.ts';
import { bevis, IDLE_MS, SVAR } from '../support/folk.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** S1, S20: a LIS registers by electronic ID. */

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

const registrer = (
	token: string,
	person: Partial<Parameters<typeof registrerLis>[0]['person']> = {},
	now = world.now
) =>
	registrerLis({
		...{ db: world.web, now, requestId: randomUUID(), idleMs: IDLE_MS, bevis: token, startDato: '2026-12-01' },
		person: { navn: 'Nora Haugen', ...SVAR, ...person }
	});
const bruker = (navn: string) =>
	world.owner.selectFrom('bruker').selectAll().where('navn', '=', navn).executeTakeFirstOrThrow();

test('becomes a user by the register’s name, with the plan, an identity and a session that electronic ID has proven', async () => {
	const token = await bevis(world, { navn: 'Nora Haugen' });
	const svar = await registrer(token, { navn: 'Noe Annet', brukernavn: 'nora.h', passord: 'blå elg spiser tyttebær' });
	const person = await bruker('Nora Haugen');
	expect(person).toMatchObject({ brukernavn: 'nora.h', status: 'aktiv', epost: 'ny@example.com' });
	const okt = await lesOkt(world.web, svar.token, world.now);
	expect(okt?.actor).toMatchObject({ brukerId: person.id, erLis: true });
	const rader = await world.owner.selectFrom('plan_tildeling').select('plan').where('lis_id', '=', person.id).execute();
	expect(rader).toEqual([{ plan: 'kommunal-lis1' }]);
	const { hash } = await world.owner
		.selectFrom('passord')
		.select('hash')
		.where('bruker_id', '=', person.id)
		.executeTakeFirstOrThrow();
	expect(await sjekkPassord(hash, 'blå elg spiser tyttebær')).toBe(true);
	const hendelser = await world.owner.selectFrom('hendelse').select('type').where('aktor_id', '=', person.id).execute();
	expect(hendelser.map(({ type }) => type)).toEqual(['bruker.registrert', 'plan.tildelt', 'okt.opprettet']);
	// The proof is used up.
	expect(await hentRegistrering({ db: world.web, now: world.now }, token)).toBeNull();
	expect(await outcome(registrer(token))).toBe('conflict: registrering_konflikt_bevis');
});

test('needs an electronic ID that is not older than half an hour', async () => {
	const token = await bevis(world, { navn: 'Sen Person' });
	const sent = new Date(world.now.getTime() + 31 * 60 * 1000);
	expect(await outcome(registrer(token, {}, sent))).toBe('conflict: registrering_konflikt_bevis');
	expect(await outcome(registrer('gjettet'))).toBe('conflict: registrering_konflikt_bevis');
	expect(await hentRegistrering({ db: world.web, now: sent }, token)).toBeNull();
});

test('one electronic ID becomes one user, however many try at once', async () => {
	const pid = '11111111111';
	const tokener = await Promise.all(Array.from({ length: 20 }, () => bevis(world, { navn: 'Mange Forsøk', pid })));
	const svar = await Promise.all(tokener.map((token) => outcome(registrer(token))));
	expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
	expect(new Set(svar)).toEqual(new Set(['ok', 'conflict: registrering_konflikt_finnes']));
	expect(await bruker('Mange Forsøk')).toBeDefined();
});

describe('a user name', () => {
	test('that is taken is refused, and nobody has registered', async () => {
		await registrer(await bevis(world, { navn: 'Først Ute' }), { brukernavn: 'tatt' });
		const token = await bevis(world, { navn: 'For Sen' });
		expect(await outcome(registrer(token, { brukernavn: 'tatt' }))).toBe('invalid');
		expect(await outcome(bruker('For Sen').catch(() => undefined))).toBe('ok');
		expect(await outcome(registrer(token, { brukernavn: 'ledig' }))).toBe('ok');
	});

	test('wanted by many at once goes to one', async () => {
		const tokener = await Promise.all(Array.from({ length: 8 }, (_, i) => bevis(world, { navn: `Kappløp ${i}` })));
		const svar = await Promise.all(tokener.map((token) => outcome(registrer(token, { brukernavn: 'samme' }))));
		expect(svar.toSorted()).toEqual([...Array<string>(7).fill('invalid'), 'ok']);
	});

	test('may be left out', async () => {
		await registrer(await bevis(world, { navn: 'Uten Navn' }));
		expect((await bruker('Uten Navn')).brukernavn).toMatch(/^bruker-/);
	});
});

describe('a workplace', () => {
	test('that is not in the list is added to it once', async () => {
		await world.owner.insertInto('kommune').values({ nummer: '4601', navn: 'Bergen' }).execute();
		const sted = { kommune: '4601', navn: 'Nordnes legekontor', slag: 'legekontor' } as const;
		for (const navn of ['Sted En', 'Sted To'])
			await registrer(await bevis(world, { navn }), { sted: { ...sted, navn: sted.navn.toUpperCase() } });
		expect((await bruker('Sted En')).arbeidssted_id).toBe((await bruker('Sted To')).arbeidssted_id);
		const valg = (await hentRegistrering({ db: world.web, now: world.now }, await bevis(world, { navn: 'Ny' })))?.valg;
		expect(valg?.steder).toHaveLength(1);
	});

	test.each([{ id: randomUUID() }, { id: 'x' }, { kommune: '9999', navn: 'X', slag: 'sykehjem' as const }])(
		'%o is none',
		async (sted) => {
			expect(await outcome(registrer(await bevis(world, { navn: 'Feil Sted' }), { sted }))).toBe('invalid');
		}
	);
});
