import type * as Argon2 from '@node-rs/argon2';
import { verify } from '@node-rs/argon2';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '#lib/domain/feil.ts';
import { lesOkt, validerOkt, type Okt } from '#lib/server/auth/okter.ts';
import { hashPassord } from '#lib/server/auth/passord.ts';
import { hashToken } from '#lib/server/auth/token.ts';
import { loggInn } from '#lib/server/commands/logg-inn.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { World, type Person } from '../support/world.ts';

vi.mock('@node-rs/argon2', async (original) => {
	const argon2 = await original<typeof Argon2>();
	return { ...argon2, verify: vi.fn(argon2.verify) };
});

const PASSORD = 'riktig-passord-her';
const SECOND = 1_000;

let world: World;
let hash: string;
let person: Person;
/** The waits that log-ins were made to endure, milliseconds. */
let waits: number[];

beforeAll(async () => {
	world = await World.create();
	hash = await hashPassord(PASSORD);
});
beforeEach(async () => {
	person = await world.person('kari', { passordHash: hash });
	waits = [];
	vi.mocked(verify).mockClear();
});
afterAll(() => world.destroy());

type Try = Partial<{
	db: Db;
	passord: string;
	brukernavn: string;
	/** Milliseconds after the world's time. */
	at: number;
	enhet: string;
	felles: boolean;
	forrige: Okt;
}>;

function logIn({ db = world.web, passord = PASSORD, brukernavn = person.brukernavn, at = 0, ...rest }: Try = {}) {
	return loggInn({
		...{ db, now: new Date(world.now.getTime() + at), requestId: 'prove', idleMs: 7_200_000, brukernavn, passord },
		...{ fellesMaskin: rest.felles ?? false, enhet: rest.enhet, forrige: rest.forrige },
		vent: async (ms) => void waits.push(ms)
	});
}

async function outcome(attempt: Try): Promise<string> {
	try {
		await logIn(attempt);
		return 'in';
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return `${error.code} ${error.detail.reason ?? ''}`.trim();
	}
}

const WRONG = 'invalid innlogging_feil_stemmer_ikke';
const wrong = (at: number, enhet?: string) => outcome({ passord: 'feil', at, ...(enhet ? { enhet } : {}) });
const actorOf = async (token: string) => (await lesOkt(world.web, token, world.now))?.actor.brukerId;

describe('a right password', () => {
	test('opens a session, with an event that names it by its public id only', async () => {
		const { token, enhet } = await logIn();
		const okt = await validerOkt(world.web, token, world.now);
		expect(okt?.actor.brukerId).toBe(person.id);
		const events = await world.owner.selectFrom('hendelse').selectAll().where('aktor_id', '=', person.id).execute();
		expect(events).toMatchObject([
			{ type: 'okt.opprettet', objekt_id: okt?.id, data: { metode: 'passord', fellesMaskin: false } }
		]);
		for (const secret of [token, hashToken(token), enhet, PASSORD])
			expect(JSON.stringify(events)).not.toContain(secret);
	});

	test('is taken whatever the case and spaces of the name, and in both ways of writing å', async () => {
		expect(await outcome({ brukernavn: `  ${person.brukernavn.toUpperCase()} ` })).toBe('in');
		const other = await world.person('annen', { passordHash: await hashPassord('blåbærsyltetøy'.normalize('NFC')) });
		expect(await outcome({ brukernavn: other.brukernavn, passord: 'blåbærsyltetøy'.normalize('NFD') })).toBe('in');
	});

	test('gives each log-in a session of its own, and ends the one that this browser had', async () => {
		const [first, second] = [await logIn(), await logIn()];
		expect(first.token).not.toBe(second.token);
		expect([await actorOf(first.token), await actorOf(second.token)]).toEqual([person.id, person.id]);
		const forrige = await lesOkt(world.web, first.token, world.now);
		if (!forrige) throw new Error('no session');
		const third = await logIn({ forrige });
		expect([await actorOf(first.token), await actorOf(second.token), await actorOf(third.token)]).toEqual([
			undefined,
			person.id,
			person.id
		]);
		const ended = await world.owner
			.selectFrom('hendelse')
			.select('objekt_id')
			.where('type', '=', 'okt.avsluttet')
			.execute();
		expect(ended).toEqual([{ objekt_id: forrige.id }]);
	});

	test('on a shared machine leaves nothing there, and ends after a quarter of an hour', async () => {
		const { token } = await logIn({ felles: true });
		const okt = await lesOkt(world.web, token, world.now);
		expect(okt?.tider.idleMs).toBe(15 * 60 * SECOND);
		const devices = await world.owner
			.selectFrom('kjent_enhet')
			.selectAll()
			.where('bruker_id', '=', person.id)
			.execute();
		expect(devices).toEqual([]);
	});

	test('keeps of the device only a hash', async () => {
		const { enhet } = await logIn();
		const devices = await world.owner
			.selectFrom('kjent_enhet')
			.select('enhet_hash')
			.where('bruker_id', '=', person.id)
			.execute();
		expect(devices).toEqual([{ enhet_hash: hashToken(enhet) }]);
	});
});

describe('whoever does not get in', () => {
	test('learns nothing of why, and waits for as much work (T21)', async () => {
		const inactive = await world.person('borte', { passordHash: hash, status: 'deaktivert' });
		const without = await world.person('uten');
		for (const attempt of [
			{ passord: 'feil' },
			{ brukernavn: 'finnes-ikke' },
			{ brukernavn: inactive.brukernavn },
			{ brukernavn: without.brukernavn },
			{ brukernavn: 'kari\u0000' },
			{ brukernavn: '\u202ekari' },
			{ brukernavn: "kari' or '1'='1" },
			{ brukernavn: 'x'.repeat(100_000) },
			{ passord: '' }
		]) {
			vi.mocked(verify).mockClear();
			expect(await outcome(attempt)).toBe(WRONG);
			const work = vi.mocked(verify).mock.calls.map(([stored]) => String(stored).split('$').slice(0, 4).join('$'));
			expect(work).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
		}
	});

	test('gets no session and no event', async () => {
		await wrong(0);
		for (const table of ['okt', 'hendelse'] as const) {
			const column = table === 'okt' ? 'user_id' : 'aktor_id';
			expect(
				await world.owner
					.selectFrom(table)
					.selectAll()
					.where(column as never, '=', person.id as never)
					.execute()
			).toEqual([]);
		}
	});

	test('a password of half a kilobyte is taken, a longer one is never hashed', async () => {
		const long = 'p'.repeat(512);
		const other = await world.person('lang', { passordHash: await hashPassord(long) });
		expect(await outcome({ brukernavn: other.brukernavn, passord: long })).toBe('in');
		vi.mocked(verify).mockClear();
		expect(await outcome({ brukernavn: other.brukernavn, passord: `${long}x` })).toBe(WRONG);
		expect(verify).not.toHaveBeenCalled();
	});
});

describe('the throttle', () => {
	/** So many wrong ones, 20 s apart. */
	const guess = async (count: number) => {
		for (let i = 0; i < count; i++) await wrong(i * 20 * SECOND);
	};

	test('makes each wrong one wait longer, and still lets the right one in', async () => {
		await guess(11);
		expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000].slice(0, waits.length));
		expect(waits.length).toBe(6);
		expect(await outcome({ at: 11 * 20 * SECOND })).toBe('in');
		expect(waits.at(-1)).toBe(4000);
	});

	test('forgets after a right one, and after a quarter of an hour', async () => {
		await guess(6);
		await logIn({ at: 6 * 20 * SECOND });
		waits = [];
		expect(await wrong(7 * 20 * SECOND)).toBe(WRONG);
		expect(waits).toEqual([]);
		await guess(6);
		waits = [];
		await wrong(16 * 60 * SECOND + 6 * 20 * SECOND);
		expect(waits).toEqual([]);
	});

	test('counts unknown names as known ones', async () => {
		for (let i = 0; i < 6; i++) await outcome({ brukernavn: 'ingen-slik', passord: 'feil', at: i * 20 * SECOND });
		expect(waits).toEqual([250]);
	});

	test('turns a flood away before any hashing; the owner’s own device is not touched by it', async () => {
		const { enhet } = await logIn();
		for (let i = 0; i < 25; i++) await wrong(i);
		vi.mocked(verify).mockClear();
		expect(await outcome({ at: 30 })).toBe('too_many');
		expect(verify).not.toHaveBeenCalled();
		waits = [];
		expect(await outcome({ at: 30, enhet })).toBe('in');
		expect(waits).toEqual([]);
		// Not for long: whoever was turned away was not counted.
		expect(await outcome({ at: 11 * SECOND })).toBe('in');
	});

	test('a device that is known to one account counts for nothing at another', async () => {
		const { enhet } = await logIn();
		const other = await world.person('annen', { passordHash: hash });
		for (let i = 0; i < 25; i++) await outcome({ brukernavn: other.brukernavn, passord: 'feil', at: i });
		expect(await outcome({ brukernavn: other.brukernavn, at: 30, enhet })).toBe('too_many');
	});

	test('a known device that guesses is slowed down too, for itself', async () => {
		const { enhet } = await logIn();
		for (let i = 0; i < 6; i++) await wrong(i * 20 * SECOND, enhet);
		expect(waits).toEqual([250]);
		waits = [];
		expect(await outcome({ at: 121 * SECOND })).toBe('in');
		expect(waits).toEqual([]);
	});

	test('survives a restart and is shared by all nodes: it stands in the database', async () => {
		await guess(8);
		waits = [];
		await outcome({ db: world.connect('lisk_web'), passord: 'feil', at: 8 * 20 * SECOND });
		expect(waits).toEqual([2000]);
	});

	test('keeps no name and no password, not even one typed in the wrong field', async () => {
		await outcome({ brukernavn: 'mitt-hemmelige-passord', passord: 'feil' });
		const rows = JSON.stringify(await world.owner.selectFrom('innloggingsforsok').selectAll().execute());
		expect(rows).not.toMatch(/hemmelige|kari|feil/);
	});
});
