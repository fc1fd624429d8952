import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../support/built-web.ts';
import { EidBrowser, eidSettings, locationOf } from '../support/eid.ts';
import { startHostileEid, type Mischief } from '../support/hostile-eid.ts';
import { World } from '../support/world.ts';

/** T14: what a provider, or whoever stands between, can do wrong. None of it opens a session; each leaves one row and a friendly page. */

const ORIGIN = 'http://portal.test';

let world: World;
let provider: Awaited<ReturnType<typeof startHostileEid>>;
let web: BuiltWeb;

beforeAll(async () => {
	world = await World.create();
	provider = await startHostileEid();
	web = await startBuiltWeb(world.url, ORIGIN, eidSettings(provider.issuer));
}, START_MS);
afterEach(() => provider.mend());
afterAll(async () => {
	await web.stop();
	await provider.stop();
	await world.destroy();
});

const browser = () => new EidBrowser(web);
const opened = async () => {
	const okter = await world.owner.selectFrom('okt').select('id').execute();
	const bevis = await world.owner.selectFrom('eid_bevis').select('id').execute();
	return okter.length + bevis.length;
};
const refusals = async () =>
	(
		await world.owner.selectFrom('hendelse').select('data').where('type', '=', 'eid.avvist').orderBy('id').execute()
	).map(({ data }) => data as { grunn: string; kode: string });

/** Runs it; returns why it was refused, after all that goes with a refusal has been looked at. */
async function refused(attempt: () => Promise<{ setCookies: string[]; location: string }>): Promise<string> {
	const [before, rows] = [await opened(), await refusals()];
	const { setCookies, location } = await attempt();
	expect(await opened()).toBe(before);
	expect(setCookies.filter((line) => /^(okt|eid_bevis)=[^;]/.test(line))).toEqual([]);
	const url = new URL(location, ORIGIN);
	expect(url.pathname).toBe('/eid/feil');
	const page = await browser().ask(location);
	expect([page.status, page.body]).toEqual([200, expect.stringContaining('action="/eid/start"')]);
	const after = await refusals();
	expect(after).toHaveLength(rows.length + 1);
	expect(after.at(-1)?.grunn).toBe(url.searchParams.get('grunn'));
	return `${after.at(-1)?.grunn} ${after.at(-1)?.kode}`;
}

const comeBack = (someone: EidBrowser, query: string) =>
	refused(async () => {
		const answer = await someone.ask(`/eid/retur${query}`);
		return { setCookies: answer.setCookies, location: locationOf(answer) };
	});

test('without mischief it is let in: all the rest is refused for its one fault', async () => {
	const someone = browser();
	const answer = await someone.ask(`/eid/retur${provider.back(await someone.start())}`);
	expect([answer.status, locationOf(answer)]).toEqual([303, '/registrer']);
});

const set = (name: string, value: unknown) => (right: Record<string, unknown>) => ({ ...right, [name]: value });
const without = (name: string) => (right: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(right).filter(([key]) => key !== name));
const LEVEL = 'helseid://claims/identity/security_level';
const PID = 'helseid://claims/identity/pid';

describe('an id_token', () => {
	test.each<[string, Mischief, string]>([
		['of another issuer', { claims: set('iss', 'http://ond.example') }, 'ugyldig'],
		['without issuer', { claims: without('iss') }, 'ugyldig'],
		['for another audience', { claims: set('aud', 'en-annen') }, 'ugyldig'],
		['for others too, by none of ours', { claims: set('aud', ['en-annen', 'tredje']) }, 'ugyldig'],
		['with another nonce', { claims: set('nonce', 'x'.repeat(43)) }, 'ugyldig'],
		['without nonce', { claims: without('nonce') }, 'ugyldig'],
		['that has run out', { claims: set('exp', 1_700_000_000) }, 'ugyldig'],
		['without an end', { claims: without('exp') }, 'ugyldig'],
		['signed by nobody (alg none)', { alg: 'none' }, 'ugyldig'],
		['signed with the public key as a secret (HS256)', { alg: 'HS256' }, 'ugyldig'],
		['signed by another key under the right name', { alg: 'other-key' }, 'ugyldig'],
		['of an unknown key', { header: set('kid', 'ukjent') }, 'ugyldig'],
		[
			'that brings its own key',
			{ alg: 'other-key', header: (h) => ({ ...h, jwk: {}, jku: 'http://ond.example' }) },
			'ugyldig'
		],
		['with critical headers that nobody knows', { header: set('crit', ['x']) }, 'ugyldig'],
		['that is not there', { token: 'no-id-token' }, 'ugyldig'],
		['at level 3', { claims: set(LEVEL, '3') }, 'lavt_niva'],
		['at a level that is a number', { claims: set(LEVEL, 4) }, 'lavt_niva'],
		['at no level', { claims: without(LEVEL) }, 'lavt_niva'],
		['without pid', { claims: without(PID) }, 'uten_pid'],
		['with a pid that is none', { claims: set(PID, '12839610008') }, 'uten_pid'],
		['with two pids', { claims: set(PID, ['12839610007', '24879710037']) }, 'uten_pid']
	])('%s opens nothing', async (_name, mischief, grunn) => {
		const someone = browser();
		const address = await someone.start();
		provider.become(mischief);
		expect(await comeBack(someone, provider.back(address))).toMatch(new RegExp(`^${grunn} `));
	});
});

describe('the way back', () => {
	test('a code is used once, and so is an attempt', async () => {
		const someone = browser();
		const query = provider.back(await someone.start());
		const cookie = someone.cookie('eid_forsok');
		await someone.ask(`/eid/retur${query}`);
		expect(await comeBack(someone, query)).toBe('ugyldig no_attempt');
		someone.setCookie('eid_forsok', cookie);
		expect(await comeBack(someone, query)).toBe('ugyldig unknown_attempt');
	});

	test('a code of another attempt is refused, though its state is right', async () => {
		const [one, other] = [browser(), browser()];
		const code = new URLSearchParams(provider.back(await other.start())).get('code') ?? '';
		expect(await comeBack(one, provider.back(await one.start(), { code }))).toMatch(/^ugyldig /);
	});

	test('the state of another browser finds nothing there', async () => {
		const [victim, attacker] = [browser(), browser()];
		const query = provider.back(await attacker.start());
		expect(await comeBack(victim, query)).toBe('ugyldig no_attempt');
		await victim.start();
		expect(await comeBack(victim, query)).toBe('ugyldig unknown_attempt');
	});

	test.each([
		['no state', { state: undefined }],
		['another state', { state: 'x'.repeat(43) }],
		['another provider (mix-up)', { iss: 'http://ond.example' }],
		['no provider', { iss: undefined }],
		['no code', { code: undefined }],
		['a response that is signed by nobody', { response: 'eyJhbGciOiJub25lIn0.e30.' }],
		['an id_token in the address', { id_token: 'eyJhbGciOiJub25lIn0.e30.' }]
	])('with %s opens nothing', async (_name, changes) => {
		const someone = browser();
		expect(await comeBack(someone, provider.back(await someone.start(), changes))).toMatch(/^ugyldig /);
	});

	test('after more than ten minutes is too late', async () => {
		const someone = browser();
		const query = provider.back(await someone.start());
		const past = new Date(Date.now() - 11 * 60_000);
		await world.owner.updateTable('eid_forsok').set({ created_at: past }).where('brukt_at', 'is', null).execute();
		expect(await comeBack(someone, query)).toBe('for_gammel attempt');
	});

	test.each([
		['access_denied', 'avbrutt'],
		['server_error', 'utilgjengelig'],
		['<script>alert(1)</script>', 'ugyldig']
	])('with the error %s says so', async (error, grunn) => {
		const someone = browser();
		const query = provider.back(await someone.start(), { code: undefined, error });
		expect(await comeBack(someone, query)).toMatch(new RegExp(`^${grunn} (?!<)`));
	});

	test('fifty at once open one', async () => {
		const someone = browser();
		const query = provider.back(await someone.start());
		const cookie = `eid_forsok=${someone.cookie('eid_forsok')}`;
		const before = await opened();
		await Promise.all(Array.from({ length: 50 }, () => web.ask(`/eid/retur${query}`, { headers: { cookie } })));
		expect(await opened()).toBe(before + 1);
	});
});

describe('keys', () => {
	test('that have been changed are taken at the next log-in, one after the other', async () => {
		for (let i = 0; i < 2; i++) {
			provider.become({ rotate: 'announced' });
			const someone = browser();
			expect(locationOf(await someone.ask(`/eid/retur${provider.back(await someone.start())}`))).toBe('/registrer');
		}
	});

	test('that are not announced open nothing', async () => {
		provider.become({ rotate: 'hidden' });
		const someone = browser();
		expect(await comeBack(someone, provider.back(await someone.start()))).toBe('ugyldig OAUTH_KEY_SELECTION_FAILED');
	});
});

describe('a provider that is away', () => {
	test.each(['down', 'slow'] as const)('(%s) at the start is said', async (par) => {
		provider.become({ par });
		const reason = await refused(async () => {
			const answer = await browser().ask('/eid/start', { neste: '/veiledning' });
			return { setCookies: answer.setCookies, location: locationOf(answer) };
		});
		expect(reason).toMatch(/^utilgjengelig /);
	});

	test.each(['down', 'slow', 'html'] as const)('(%s) on the way back is said', async (token) => {
		const someone = browser();
		const query = provider.back(await someone.start());
		provider.become({ token });
		expect(await comeBack(someone, query)).toMatch(/^utilgjengelig /);
	});
});

test.each([
	...['//ond.example', 'https://ond.example', '/\\ond.example', '\\\\ond.example', 'javascript:alert(1)'],
	...['/\tond', '/%09/ond.example', '/..//ond.example', 'http:ond.example', '/hjem\r\nset-cookie: a=b']
])('neste=%j leads to nowhere else', async (neste) => {
	const someone = browser();
	const address = await someone.start({ neste });
	const answer = await someone.ask(`/eid/retur${provider.back(address, { code: undefined, error: 'access_denied' })}`);
	const goal = new URL(locationOf(answer), ORIGIN).searchParams.get('neste') ?? '';
	expect(new URL(goal, ORIGIN).origin).toBe(ORIGIN);
	expect(goal).toMatch(/^\/(?![/\\])/);
});

test('what is written of all this holds no pid and no token (T18)', () => {
	expect(web.log()).not.toMatch(/12839610007|24879710037|eyJ/);
});
