import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { can, decide } from '#lib/server/authz/index.ts';
import { aksepterInvitasjon } from '#lib/server/commands/aksepter-invitasjon.ts';
import { avsluttRelasjon } from '#lib/server/commands/avslutt-relasjon.ts';
import { settStedfortreder } from '#lib/server/commands/sett-stedfortreder.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findSamtale } from '#lib/server/queries/samtale.ts';
import { hentFolk } from '#lib/server/views/folk.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { finalize } from '../support/finished.ts';
import { inviter, invitert, lenke, nokkel } from '../support/folk.ts';
import { outcome } from '../support/outcome.ts';
import { skrivTekst } from '#lib/server/demo/skriv.ts';
import { World, type Person } from '../support/world.ts';

/** Who follows a LIS, from when to when, and what passes on. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let ny: Person;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	lis = await world.ctx(cast.lis);
	ny = await world.person('ny');
});
afterAll(() => world.destroy());

const gjeldende = async (rolle: string, now = world.now) => {
	const rader = await world.owner
		.selectFrom('relasjon')
		.select(['person_id', 'til'])
		.where('lis_id', '=', cast.lis.id)
		.where('rolle', '=', rolle)
		.execute();
	return rader.filter(({ til }) => til === null || til > now).map(({ person_id }) => person_id);
};
const kan = async (person: Person, samtaleId: string, action: 'samtale.les' | 'samtale.skriv', now = world.now) => {
	const samtale = await findSamtale(world.web, samtaleId);
	return samtale !== undefined && can((await world.ctx(person)).actor, action, samtale, now);
};
const bli = async (roller: Parameters<typeof invitert>[1][], delTidligere = false) => {
	const { token } = await inviter(world, lis, invitert(ny.navn, ...roller), delTidligere);
	expect(await aksepterInvitasjon(await world.ctx(ny), { token, okt: await world.okt(ny) })).toMatchObject({
		utfall: 'akseptert'
	});
};
const ferdigId = async () => {
	const id = await world.samtale(cast.veileder, cast.lis);
	await skrivTekst(world.owner, id, [{ userId: cast.lis.id, fragment: 'referat', avsnitt: ['Ord.'], at: world.now }]);
	return id;
};
const ferdig = async () => {
	const id = await ferdigId();
	await finalize(await world.ctx(cast.veileder), id);
	return id;
};
const utgave = async (id: string) =>
	(await world.owner.selectFrom('collab_doc').select('access_version').where('id', '=', id).executeTakeFirstOrThrow())
		.access_version;

describe('a new veileder', () => {
	test('ends the relation of the one before; active samtaler pass on, earlier ones do not', async () => {
		const [aktiv, tidligere] = [await world.samtale(cast.veileder, cast.lis), await ferdig()];
		const for_ = await utgave(aktiv);
		await bli(['veileder']);
		expect(await gjeldende('veileder')).toEqual([ny.id]);
		expect(await kan(ny, aktiv, 'samtale.skriv')).toBe(true);
		expect(await kan(ny, tidligere, 'samtale.les')).toBe(false);
		expect(await kan(cast.veileder, aktiv, 'samtale.les')).toBe(false);
		expect(await kan(cast.veileder, tidligere, 'samtale.les')).toBe(true);
		expect(await utgave(aktiv)).toBeGreaterThan(for_);
		const samtale = await findSamtale(world.web, aktiv);
		const avgjort = samtale && decide((await world.ctx(cast.veileder)).actor, 'samtale.les', samtale, world.now);
		expect(avgjort).toEqual({ ok: false, why: 'ended', since: world.now });
	});

	test('reads the earlier samtaler when the LIS has chosen so', async () => {
		const tidligere = await ferdig();
		await bli(['veileder'], true);
		expect(await kan(ny, tidligere, 'samtale.les')).toBe(true);
		expect(await kan(ny, tidligere, 'samtale.skriv')).toBe(false);
	});
});

test('a new leder ends the relation of the one before; supervisører are many; roles of others stay', async () => {
	await bli(['leder', 'supervisor']);
	expect(await gjeldende('leder')).toEqual([ny.id]);
	expect(await gjeldende('veileder')).toEqual([cast.veileder.id]);
	expect((await gjeldende('supervisor')).toSorted()).toEqual([cast.supervisor.id, ny.id].toSorted());
	expect(can((await world.ctx(ny)).actor, 'samtale.opprett', { lisId: cast.lis.id }, world.now)).toBe(false);
});

test('a role for one LIS gives nothing for another', async () => {
	await bli(['veileder']);
	const annen = await world.samtale(cast.annenVeileder, cast.annenLis);
	expect(await kan(ny, annen, 'samtale.les')).toBe(false);
	expect(can((await world.ctx(ny)).actor, 'veiledning.se', { lisId: cast.annenLis.id }, world.now)).toBe(false);
});

describe('ending a relation', () => {
	const relasjon = async (person: Person) =>
		(
			await world.owner
				.selectFrom('relasjon')
				.select('id')
				.where('lis_id', '=', cast.lis.id)
				.where('person_id', '=', person.id)
				.executeTakeFirstOrThrow()
		).id;

	test('takes effect at once, with its reason in the log; once only', async () => {
		const aktiv = await world.samtale(cast.veileder, cast.lis);
		const for_ = await utgave(aktiv);
		const relasjonId = await relasjon(cast.veileder);
		await avsluttRelasjon(lis, { relasjonId, grunn: 'Flyttet' });
		expect(await kan(cast.veileder, aktiv, 'samtale.skriv')).toBe(false);
		expect(await utgave(aktiv)).toBeGreaterThan(for_);
		expect(decide((await world.ctx(cast.veileder)).actor, 'veiledning.se', { lisId: cast.lis.id }, world.now)).toEqual({
			...{ ok: false, why: 'ended', since: world.now }
		});
		const { data } = await world.owner
			.selectFrom('hendelse')
			.select('data')
			.where('objekt_id', '=', relasjonId)
			.executeTakeFirstOrThrow();
		expect(data).toMatchObject({ grunn: 'Flyttet', rolle: 'veileder' });
		expect(await outcome(avsluttRelasjon(lis, { relasjonId, grunn: 'x' }))).toBe('conflict: folk_konflikt_avsluttet');
		expect((await hentFolk(lis)).egne).toMatchObject({ oppgaver: [{ rolle: 'veileder', tilstand: 'mangler' }] });
	});

	test('of 50 at once, one counts', async () => {
		const relasjonId = await relasjon(cast.leder);
		const svar = await Promise.all(
			Array.from({ length: 50 }, () => outcome(avsluttRelasjon(lis, { relasjonId, grunn: 'x' })))
		);
		expect(svar.filter((s) => s === 'ok')).toHaveLength(1);
	});

	test('is the LIS’ alone: neither those who follow, nor strangers, nor drift by this way', async () => {
		const relasjonId = await relasjon(cast.leder);
		for (const person of [cast.veileder, cast.leder, cast.supervisor])
			expect(await outcome(avsluttRelasjon(await world.ctx(person), { relasjonId, grunn: 'x' }))).toBe('forbidden');
		for (const person of [cast.annenLis, cast.annenVeileder, cast.hdir, cast.drift])
			expect(await outcome(avsluttRelasjon(await world.ctx(person), { relasjonId, grunn: 'x' }))).toBe('not_found');
		for (const id of [randomUUID(), 'x'])
			expect(await outcome(avsluttRelasjon(lis, { relasjonId: id, grunn: 'x' }))).toBe('not_found');
	});
});

describe('a deputy', () => {
	const DAG = 24 * 60 * 60 * 1000;
	const om = (dager: number) => new Date(world.now.getTime() + dager * DAG);
	const sett = async (person: Person, rolle: 'leder' | 'veileder' | 'supervisor', til = dagINorge(om(10))) =>
		settStedfortreder(await world.ctx(person), { ...invitert(ny.navn), lisId: cast.lis.id, rolle, til, nokkel });
	const token = async () => {
		const { id } = await world.owner
			.selectFrom('invitasjon')
			.select('id')
			.where('lis_id', '=', cast.lis.id)
			.where('navn', '=', ny.navn)
			.executeTakeFirstOrThrow();
		return lenke(world, id);
	};

	test('stands beside whoever set them, until the end of the last day, and the LIS is told', async () => {
		const aktiv = await world.samtale(cast.veileder, cast.lis);
		await sett(cast.veileder, 'veileder');
		await aksepterInvitasjon(await world.ctx(ny), { token: await token(), okt: await world.okt(ny) });
		expect((await gjeldende('veileder')).toSorted()).toEqual([cast.veileder.id, ny.id].toSorted());
		expect(await kan(ny, aktiv, 'samtale.skriv')).toBe(true);
		expect(await kan(cast.veileder, aktiv, 'samtale.skriv')).toBe(true);
		expect(await gjeldende('veileder', om(12))).toEqual([cast.veileder.id]);
		expect(await kan(ny, aktiv, 'samtale.les', om(12))).toBe(false);
		const brev = await world.owner.selectFrom('epost').select('mal').where('mottaker_id', '=', cast.lis.id).execute();
		// The first tells of the samtale.
		expect(brev.map(({ mal }) => mal).toSorted()).toEqual(['invitasjon_svar', 'varsel']);
		expect((await hentFolk(lis)).egne?.folk).toContainEqual(
			expect.objectContaining({ navn: ny.navn, til: dagINorge(om(10)), kanAvsluttes: true })
		);
		expect((await hentFolk(await world.ctx(cast.veileder))).fulgte).toMatchObject([
			{ stedfortredere: [{ navn: ny.navn }] }
		]);
	});

	test('reads for ever what was finished while they took part, and nothing else afterwards', async () => {
		const [ferdigstilt, aktiv] = [await ferdigId(), await world.samtale(cast.veileder, cast.lis)];
		await sett(cast.veileder, 'veileder');
		await aksepterInvitasjon(await world.ctx(ny), { token: await token(), okt: await world.okt(ny) });
		await finalize(await world.ctx(cast.veileder), ferdigstilt);
		expect(await kan(ny, ferdigstilt, 'samtale.les', om(12))).toBe(true);
		expect(await kan(ny, ferdigstilt, 'samtale.skriv', om(12))).toBe(false);
		expect(await kan(ny, aktiv, 'samtale.les', om(12))).toBe(false);
	});

	test('is set by each for their own role only, by no deputy and no stranger', async () => {
		expect(await outcome(sett(cast.veileder, 'leder'))).toBe('forbidden');
		expect(await outcome(sett(cast.leder, 'veileder'))).toBe('forbidden');
		expect(await outcome(sett(cast.annenVeileder, 'veileder'))).toBe('not_found');
		expect(await outcome(sett(cast.drift, 'veileder'))).toBe('not_found');
		await world.relate(cast.lis, cast.annenVeileder, 'veileder', om(3));
		expect(await outcome(sett(cast.annenVeileder, 'veileder'))).toBe('forbidden');
	});

	test('has a last day from today and within a year', async () => {
		for (const til of [dagINorge(om(-1)), dagINorge(om(400))])
			expect(await outcome(sett(cast.leder, 'leder', til))).toBe('invalid');
		expect(await outcome(sett(cast.leder, 'leder', dagINorge(world.now)))).toBe('ok');
	});
});
