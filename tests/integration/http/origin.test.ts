import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type Ask, type BuiltWeb } from '../../support/built-web.ts';
import { checksums } from '../../support/checksum.ts';
import { readRoutes } from '../../support/routes.ts';
import { createScene, PERSONAS, type Scene } from './personas.ts';

/** Nothing changes at the wish of another site (T04), and nothing changes by looking (T05), on the built application. */

const ORIGIN = 'http://portal.test';
const routes = readRoutes();

let scene: Scene;
let web: BuiltWeb;
let samtaleId: string;
let token: string | undefined;

beforeAll(async () => {
	scene = await createScene();
	web = await startBuiltWeb(scene.world.url, ORIGIN);
	samtaleId = await scene.samtale();
	token = await scene.token('veileder');
}, START_MS);
afterAll(async () => {
	await web.stop();
	await scene.world.destroy();
});

const pathOf = (id: string) => id.replace('[lisId]', scene.people.lis.id).replace('[samtaleId]', samtaleId);
/** Every address that a form or a script can send something to; and one that is no route. */
const targets = () => [
	...routes.flatMap(({ id, actions, methods }) => [
		...actions.map((action) => (action === 'default' ? pathOf(id) : `${pathOf(id)}?/${action}`)),
		...(methods.length > 0 || actions.length === 0 ? [pathOf(id)] : [])
	]),
	'/finnes-ikke'
];

const FIELDS = {
	brukernavn: 'x',
	passord: 'y',
	dato: '2026-12-10',
	grunn: 'Angrep',
	sprak: 'en',
	next: '/hjem',
	versjon: '1'
};
const bodies: [type: string, make: () => Pick<Ask, 'body' | 'headers'>][] = [
	['application/x-www-form-urlencoded', () => ({ body: new URLSearchParams(FIELDS) })],
	[
		'multipart/form-data',
		() => {
			const body = new FormData();
			for (const [name, value] of Object.entries(FIELDS)) body.set(name, value);
			return { body };
		}
	],
	['text/plain', () => ({ body: 'grunn=Angrep' })],
	['application/json', () => ({ body: JSON.stringify(FIELDS), headers: { 'content-type': 'application/json' } })],
	[
		'application/octet-stream',
		() => ({ body: new Uint8Array([1, 2, 3]), headers: { 'content-type': 'application/octet-stream' } })
	],
	['none', () => ({})]
];
const FOREIGN: [name: string, origin: string | null][] = [
	['another site', 'https://ond.example'],
	['null', 'null'],
	['missing', null],
	['another scheme', 'https://portal.test'],
	['another port', 'http://portal.test:8080'],
	['a part of the name', 'http://portal.test.ond.example'],
	['a name above it', 'http://x.portal.test'],
	['another case', 'HTTP://PORTAL.TEST'],
	['with a path', 'http://portal.test/'],
	['two of them', 'http://portal.test, https://ond.example']
];

/** Some at a time: as many as there are would only wait for one another. */
async function inTurn<T>(jobs: (() => Promise<T>)[]): Promise<T[]> {
	const results: T[] = [];
	while (jobs.length > 0) results.push(...(await Promise.all(jobs.splice(0, 20).map((job) => job()))));
	return results;
}

/** What an answer has that is more than a refusal. */
async function letThrough(path: string, ask: Ask): Promise<string | undefined> {
	const { status, body, setCookies } = await web.ask(path, { token, ...ask });
	const refused = status === 403 && body === 'Forbidden: wrong Origin\n' && setCookies.length === 0;
	return refused ? undefined : `${ask.method} ${path}: ${status}`;
}

/** The one address that a mail program posts to, without an Origin (T04); its token is the right (varsel-http.test.ts). */
const guarded = () => targets().filter((path) => !path.startsWith('/avmelding/'));

describe.each(FOREIGN)('an Origin that is %s', (_name, origin) => {
	test('gets 403 on every address, and changes nothing', async () => {
		const before = await checksums(scene.world.owner);
		const answers = await inTurn(
			guarded().map((path) => () => letThrough(path, { method: 'POST', origin, body: new URLSearchParams(FIELDS) }))
		);
		expect(answers.filter((answer) => answer !== undefined)).toEqual([]);
		expect(await checksums(scene.world.owner)).toEqual(before);
	});
});

describe.each(FOREIGN.slice(0, 3))('an Origin that is %s', (_name, origin) => {
	test.each(bodies)('gets 403 with every method and %s', async (_type, make) => {
		const before = await checksums(scene.world.owner);
		const tries = guarded().flatMap((path) => ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ path, method })));
		const answers = await inTurn(
			tries.map(
				({ path, method }) =>
					() =>
						letThrough(path, { method, origin, ...make() })
			)
		);
		expect(answers.filter((answer) => answer !== undefined)).toEqual([]);
		expect(await checksums(scene.world.owner)).toEqual(before);
	});
});

test('another Host, or what a proxy says of it, makes no other site our own', async () => {
	const body = new URLSearchParams({ grunn: 'Angrep' });
	for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'x-original-host', 'referer']) {
		const answer = await web.ask(`/samtaler/${samtaleId}?/avlys`, {
			...{ method: 'POST', token, origin: 'https://ond.example', body },
			headers: { [name]: name === 'x-forwarded-proto' ? 'https' : 'ond.example' }
		});
		expect([name, answer.status]).toEqual([name, 403]);
	}
});

test('x-http-method-override and _method do not turn a GET into something else', async () => {
	const before = await checksums(scene.world.owner);
	for (const path of targets()) {
		await web.ask(`${path}${path.includes('?') ? '&' : '?'}_method=POST`, {
			token,
			headers: { 'x-http-method-override': 'POST', 'x-sveltekit-action': 'true' }
		});
	}
	expect(changed(before, await checksums(scene.world.owner))).toEqual([]);
});

/** Tables that a look may change: when a session was used last, and who opened what. */
const MARKS = ['okt', 'innsyn', 'apning'];
const changed = (before: Record<string, string>, after: Record<string, string>) =>
	Object.keys(after).filter((table) => before[table] !== after[table] && !MARKS.includes(table));

describe.each(PERSONAS)('looking, as %s,', (persona) => {
	// What a method without a body does is the same for all who may: one of them tries them all.
	const methods = persona === 'veileder' ? ['GET', 'HEAD', 'OPTIONS'] : ['GET'];

	test(`changes nothing but marks of use: ${methods.join(', ')}`, async () => {
		const as = await scene.token(persona);
		const before = await checksums(scene.world.owner);
		const sessions = await scene.world.owner.selectFrom('okt').select('id').orderBy('id').execute();
		const paths = targets().flatMap((path) => [path, path.replace(/\?.*$/, '').replace(/\/$/, '') + '/__data.json']);
		const answers = await inTurn(
			[...new Set(paths)].flatMap((path) =>
				methods.map((method) => async () => {
					const { status } = await web.ask(path, { method, token: as, origin: 'https://ond.example' });
					return { path, method, status };
				})
			)
		);
		expect(answers.filter(({ status }) => status === 500)).toEqual([]);
		expect(changed(before, await checksums(scene.world.owner))).toEqual([]);
		// Nobody is logged out by a link either; a session that no longer holds stays as it is.
		expect(await scene.world.owner.selectFrom('okt').select('id').orderBy('id').execute()).toEqual(sessions);
	});
});

test('a session in use is marked; asking how long it lasts is no use of it, going on with it is', async () => {
	const own = (await scene.token('lis')) ?? '';
	const seen = async () => {
		const rows = await scene.world.owner
			.selectFrom('okt')
			.select('sist_sett_at')
			.orderBy('created_at', 'desc')
			.limit(1)
			.execute();
		return rows[0]?.sist_sett_at.getTime();
	};
	const old = new Date(Date.now() - 30 * 60_000);
	await scene.world.owner
		.updateTable('okt')
		.set({ sist_sett_at: old })
		.where('user_id', '=', scene.people.lis.id)
		.execute();
	const asked = await web.ask('/api/okt', { token: own });
	expect(await seen()).toBe(old.getTime());
	const { igjenMs, brukerId } = JSON.parse(asked.body) as { igjenMs: number; brukerId: string };
	expect(brukerId).toBe(scene.people.lis.id);
	expect(igjenMs).toBeGreaterThan(89 * 60_000);
	expect(igjenMs).toBeLessThanOrEqual(90 * 60_000);
	const goneOn = JSON.parse((await web.ask('/api/okt', { method: 'POST', token: own })).body) as { igjenMs: number };
	expect(goneOn.igjenMs).toBe(120 * 60_000);
	expect(await seen()).toBeGreaterThan(old.getTime());
});
