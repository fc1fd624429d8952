import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassord } from '#lib/server/auth/passord.ts';
import { ventForForsok } from '#lib/server/auth/throttle.ts';
import { hashToken } from '#lib/server/auth/token.ts';
import { START_MS, startBuiltWeb, withoutIds, type Answer, type BuiltWeb } from '../../support/built-web.ts';
import { everything } from '../../support/checksum.ts';
import { World, type Person } from '../../support/world.ts';

/** Log-in over HTTP on the built application, as contract.md promises it to scripts and trust.md to everybody. */

const PASSORD = 'riktig-passord-her';
const SECURE = 'https://portal.test';

let world: World;
let web: BuiltWeb;
/** The same portal behind a certificate. */
let secure: BuiltWeb;
let person: Person;
let inactive: Person;

beforeAll(async () => {
	world = await World.create();
	const passordHash = await hashPassord(PASSORD);
	person = await world.person('kari', { passordHash, lis: true });
	inactive = await world.person('borte', { passordHash, status: 'deaktivert' });
	[web, secure] = await Promise.all([startBuiltWeb(world.url), startBuiltWeb(world.url, SECURE)]);
}, START_MS);
afterAll(async () => {
	await Promise.all([web.stop(), secure.stop()]);
	await world.destroy();
});

function logIn(fields: Record<string, string> = {}, options: { at?: BuiltWeb; cookie?: string } = {}): Promise<Answer> {
	const body = new URLSearchParams({ brukernavn: person.brukernavn, passord: PASSORD, ...fields });
	const headers: Record<string, string> = options.cookie === undefined ? {} : { cookie: options.cookie };
	return (options.at ?? web).ask('/logg-inn', { method: 'POST', body, headers });
}

const cookieOf = (answer: Answer, name: string) =>
	answer.setCookies.map((cookie) => cookie.split(';')[0]?.split('=') ?? []).find(([key]) => key === name)?.[1] ?? '';
const attributesOf = (answer: Answer, name: string) =>
	(answer.setCookies.find((cookie) => cookie.startsWith(`${name}=`)) ?? '').split('; ').slice(1).sort();

describe('log-in by a script', () => {
	test('303 and the session’s cookie; with it every role’s Hjem answers 200', async () => {
		const answer = await logIn();
		expect([answer.status, answer.headers.get('location')]).toEqual([303, '/hjem']);
		expect(cookieOf(answer, 'okt')).toMatch(/^[\w-]{43}$/);
		expect((await web.ask('/hjem', { token: cookieOf(answer, 'okt') })).status).toBe(200);
	});

	test.each([
		['/veiledning', '/veiledning'],
		['//ond.example', '/hjem'],
		['https://ond.example/', '/hjem'],
		['/\\ond.example', '/hjem'],
		['/hjem\r\nset-cookie: a=b', '/hjem']
	])('next=%j leads to %s', async (next, location) => {
		const answer = await logIn({ next });
		expect([answer.status, answer.headers.get('location')]).toEqual([303, location]);
	});

	test('what is left out is said by field, and nothing is counted as an attempt', async () => {
		const answer = await logIn({ brukernavn: ' ', passord: '' });
		expect(answer.status).toBe(400);
		expect(answer.body).toContain('id="inn-brukernavn');
		expect(answer.setCookies.filter((cookie) => cookie.startsWith('okt='))).toEqual([]);
	});
});

describe('the session’s cookie (T01)', () => {
	test('on http://localhost it is HttpOnly and SameSite=Lax, and ends with the browser', async () => {
		expect(attributesOf(await logIn(), 'okt')).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
	});

	test('behind a certificate it is __Host- and Secure too, and the plain one is nothing', async () => {
		const answer = await logIn({}, { at: secure });
		expect(answer.status).toBe(303);
		expect(attributesOf(answer, '__Host-okt')).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
		expect(attributesOf(answer, '__Host-enhet')).toEqual([
			'HttpOnly',
			'Max-Age=31536000',
			'Path=/',
			'SameSite=Lax',
			'Secure'
		]);
		expect(answer.setCookies.filter((cookie) => !cookie.includes('Secure'))).toEqual([]);
		expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
		const token = cookieOf(answer, '__Host-okt');
		expect((await secure.ask('/hjem', { token })).status).toBe(200);
		expect((await secure.ask('/hjem', { headers: { cookie: `okt=${token}` } })).status).toBe(303);
	});

	test('its value stands nowhere: not in the database, a body, an address or the log; its SHA-256 names the session', async () => {
		const answer = await logIn();
		const [token, device] = [cookieOf(answer, 'okt'), cookieOf(answer, 'enhet')];
		const pages = await Promise.all(
			['/hjem', '/veiledning', '/api/okt', '/api/samtaler', '/hjem/__data.json', '/finnes-ikke'].map((path) =>
				web.ask(path, { token })
			)
		);
		const shown = pages.map(({ headers, body }) => JSON.stringify([...headers]) + body).join('');
		const kept = await everything(world.owner);
		for (const secret of [token, device]) {
			expect(answer.body + (answer.headers.get('location') ?? '') + shown + kept + web.log()).not.toContain(secret);
		}
		expect(kept).toContain(hashToken(token));
		expect(shown + web.log()).not.toContain(hashToken(token));
	});

	test('passwords stand nowhere either, right or wrong', async () => {
		await logIn({ passord: 'kanarifugl-passord' });
		await logIn({ brukernavn: 'kanarifugl-brukernavn' });
		for (const secret of [PASSORD, 'kanarifugl'])
			expect((await everything(world.owner)) + web.log()).not.toContain(secret);
	});
});

describe('fixation (T02)', () => {
	test('a cookie that was there before is never adopted', async () => {
		const planted = 'A'.repeat(43);
		const answer = await logIn({}, { cookie: `okt=${planted}` });
		expect(cookieOf(answer, 'okt')).not.toBe(planted);
		expect((await web.ask('/hjem', { token: planted })).status).toBe(303);
	});

	test('a session that somebody planted ends at the log-in, and is not the new one', async () => {
		const attacker = await world.person('angriper');
		const planted = await world.login(attacker, new Date());
		const answer = await logIn({}, { cookie: `okt=${planted}` });
		const token = cookieOf(answer, 'okt');
		expect(token).not.toBe(planted);
		expect((await web.ask('/hjem', { token: planted })).status).toBe(303);
		expect(JSON.parse((await web.ask('/api/okt', { token })).body)).toMatchObject({ brukerId: person.id });
	});

	test('after log-out the cookie is deleted, and its value opens nothing', async () => {
		const token = cookieOf(await logIn(), 'okt');
		const out = await web.ask('/logg-ut', { method: 'POST', token });
		expect([out.status, out.headers.get('location')]).toEqual([303, '/logg-inn?ut=1']);
		expect(out.setCookies.join()).toMatch(/okt=;.*Max-Age=0/);
		expect((await web.ask('/hjem', { token })).status).toBe(303);
		expect((await web.ask('/api/okt', { token })).status).toBe(401);
	});
});

describe('whoever does not get in', () => {
	test('sees the same, whether the name is known or not (T21)', async () => {
		const answers = await Promise.all(
			[
				{ passord: 'feil' },
				{ brukernavn: 'finnes-ikke-0000000' },
				{ brukernavn: inactive.brukernavn },
				{ brukernavn: 'med\u0000null' },
				{ passord: 'x'.repeat(5_000) }
			].map(async (fields) => {
				const answer = await logIn(fields);
				const typed = 'brukernavn' in fields ? fields.brukernavn : person.brukernavn;
				const body = withoutIds(answer.body)
					.replaceAll(/med(\0|\ufffd|\\u0000)null/g, '<name>')
					.replaceAll(typed, '<name>');
				return JSON.stringify({
					status: answer.status,
					cookies: answer.setCookies,
					body,
					headers: [...answer.headers.keys()].filter((name) => name !== 'content-length').sort()
				});
			})
		);
		expect(new Set(answers).size).toBe(1);
		expect(answers[0]).toContain('"status":400');
		expect(answers[0]).toContain('Caps Lock');
	});

	test('in a flood is told to wait, and for how long; the page does not hang', async () => {
		const flooded = await world.person('flom', { passordHash: await hashPassord(PASSORD) });
		for (let i = 0; i < 25; i++)
			await ventForForsok(world.web, { brukernavn: flooded.brukernavn }, new Date(), async () => undefined);
		const answer = await logIn({ brukernavn: flooded.brukernavn });
		expect(answer.status).toBe(429);
		expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
		expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(10);
		expect(answer.setCookies.filter((cookie) => cookie.startsWith('okt='))).toEqual([]);
	});
});

test.each([
	...[
		'okt=%',
		'okt=%00',
		'okt=%E0%A4%A',
		'okt="x"',
		'okt=',
		'okt',
		'=okt',
		';;;=;',
		'okt=a; okt=b',
		`okt=${'x'.repeat(4_000)}`
	],
	...[
		"okt=' or 1=1",
		'sprak=xx',
		'sprak=../../etc/passwd',
		'sprak=%',
		'enhet=%; sprak=nb',
		'__proto__=x; okt=y',
		'okt=\u00e6'
	],
	...['sprak=__proto__', 'sprak=constructor', 'PARAGLIDE_LOCALE=xx']
])('the cookie «%s» is no session, and harms nothing', async (cookie) => {
	const page = await web.ask('/hjem', { headers: { cookie } });
	expect([page.status, page.headers.get('location')]).toEqual([303, '/logg-inn?next=%2Fhjem']);
	expect((await web.ask('/logg-inn', { headers: { cookie } })).status).toBe(200);
	expect((await web.ask('/api/okt', { headers: { cookie } })).status).toBe(401);
	expect((await logIn({}, { cookie })).status).toBe(303);
});
