import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brukOkt, lesOkt, opprettOkt, validerOkt } from '#lib/server/auth/okter.ts';
import { hashToken } from '#lib/server/auth/token.ts';
import { loggUt } from '#lib/server/commands/logg-ut.ts';
import { listGyldigeOkter } from '#lib/server/queries/okt.ts';
import { World, type Person } from '../support/world.ts';

const MINUTE = 60_000;
const IDLE = 120 * MINUTE;

let world: World;
let person: Person;

beforeAll(async () => {
	world = await World.create();
	person = await world.person('lis', { lis: true });
});
afterAll(() => world.destroy());

const after = (minutes: number) => new Date(world.now.getTime() + minutes * MINUTE);
const open = async (who = person, options: { fellesMaskin?: boolean; idleMs?: number } = {}) =>
	(await opprettOkt(world.web, { brukerId: who.id, fellesMaskin: false, idleMs: IDLE, now: world.now, ...options }))
		.token;
const holds = async (token: string, minutes: number) =>
	(await validerOkt(world.web, token, after(minutes))) !== undefined;
const row = (token: string) =>
	world.owner.selectFrom('okt').selectAll().where('id', '=', hashToken(token)).executeTakeFirst();

/** What the page, the ws-server at its door, and the ws-server later on each say of a session. */
async function judgements(token: string, now: Date): Promise<boolean[]> {
	const read = (await lesOkt(world.web, token, now)) !== undefined;
	const listed = (await listGyldigeOkter(world.web, [hashToken(token)], now)).size === 1;
	return [(await validerOkt(world.web, token, now)) !== undefined, read, listed];
}

describe('the ends of a session', () => {
	test.each([
		['idle, on a machine of one’s own', {}, 120],
		['idle, on a shared machine', { fellesMaskin: true }, 15],
		[
			'idle, where the portal’s setting is shorter than the shared machine’s',
			{ fellesMaskin: true, idleMs: 5 * MINUTE },
			5
		]
	])('%s', async (_what, options, minutes) => {
		for (const [offset, answer] of [
			[-0.001, true],
			[0, false],
			[60, false]
		] as const) {
			const token = await open(person, options);
			expect(await judgements(token, after(minutes + offset))).toEqual([answer, answer, answer]);
		}
	});

	test('a session in use lives twelve hours, and no longer', async () => {
		const token = await open();
		for (let minute = 100; minute < 12 * 60; minute += 100) {
			const okt = await validerOkt(world.web, token, after(minute));
			expect(okt).toBeDefined();
			if (okt) await brukOkt(world.web, okt, after(minute));
		}
		expect(await judgements(token, after(12 * 60 - 0.001))).toEqual([true, true, true]);
		expect(await judgements(token, after(12 * 60))).toEqual([false, false, false]);
	});

	test('one that has ended is gone, and does not come back with an earlier clock', async () => {
		const token = await open();
		expect(await holds(token, 120)).toBe(false);
		expect(await row(token)).toBeUndefined();
		expect(await holds(token, 1)).toBe(false);
	});

	test('reading without lucia deletes nothing', async () => {
		const token = await open();
		await lesOkt(world.web, token, after(500));
		expect(await row(token)).toBeDefined();
	});
});

test('a session is marked as in use at most once a minute, and never backwards', async () => {
	const token = await open();
	const seen = async (minutes: number) => {
		const okt = await validerOkt(world.web, token, after(minutes));
		if (okt) await brukOkt(world.web, okt, after(minutes));
		return ((await row(token))?.sist_sett_at.getTime() ?? 0) - world.now.getTime();
	};
	expect([await seen(0.5), await seen(1), await seen(1.9), await seen(2), await seen(1)]).toEqual(
		[0, 1, 1, 2, 2].map((minutes) => minutes * MINUTE)
	);
});

test('the token stands nowhere in the database; its SHA-256 is the name of the session', async () => {
	const token = await open();
	expect(token).toMatch(/^[\w-]{43}$/);
	expect((await row(token))?.id).toMatch(/^[0-9a-f]{64}$/);
	expect(JSON.stringify(await world.owner.selectFrom('okt').selectAll().execute())).not.toContain(token);
	expect(await holds(hashToken(token), 0)).toBe(false);
	expect(await holds('', 0)).toBe(false);
});

test('a session carries the person and the roles, and no secret of theirs', async () => {
	const okt = await validerOkt(world.web, await open(), world.now);
	expect(Object.keys(okt?.actor ?? {}).sort()).toEqual(
		['brukerId', 'brukernavn', 'erLis', 'farge', 'fasteRoller', 'navn', 'relasjoner', 'sprak'].sort()
	);
	expect(JSON.stringify(okt)).not.toMatch(/argon2|@example/);
});

test('deactivation and log-out bite at once, on this session and no other', async () => {
	const other = await world.person('annen');
	const [first, second, theirs] = [await open(other), await open(other), await open()];
	const okt = await validerOkt(world.web, first, world.now);
	if (!okt) throw new Error('no session');
	await loggUt({ ...(await world.ctx(other)), db: world.web }, okt);
	expect([await holds(first, 0), await holds(second, 0), await holds(theirs, 0)]).toEqual([false, true, true]);
	await world.owner.updateTable('bruker').set({ status: 'deaktivert' }).where('id', '=', other.id).execute();
	expect(await judgements(second, world.now)).toEqual([false, false, false]);
	expect(await holds(theirs, 0)).toBe(true);
});

test('a role that is lost is lost in the middle of a session', async () => {
	const [lis, veileder] = [await world.person('lis', { lis: true }), await world.person('veileder')];
	await world.relate(lis, veileder, 'veileder');
	const token = await open(veileder);
	const relations = async () => (await validerOkt(world.web, token, world.now))?.actor.relasjoner;
	expect(await relations()).toMatchObject([{ lisId: lis.id, til: null }]);
	await world.owner.updateTable('relasjon').set({ til: world.now }).where('person_id', '=', veileder.id).execute();
	expect(await relations()).toMatchObject([{ lisId: lis.id, til: world.now }]);
});
