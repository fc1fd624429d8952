import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, withoutIds, type Answer, type BuiltWeb } from '../../support/built-web.ts';
import { finalize } from '../../support/finished.ts';
import { readRoutes } from '../../support/routes.ts';
import { EXPECTED, readers } from './expected.ts';
import { CANARIES, createScene, PERSONAS, type Persona, type Scene } from './personas.ts';

/** T06: who gets what from every route that exists, on the built application. A route that is not in the table fails. */

/** Those in the table: one that is not fails a test of its own, and only that. */
const allRoutes = readRoutes();
const routes = allRoutes.filter(({ id }) => id in EXPECTED);
const READERS: Persona[] = ['lis', 'veileder', 'departed'];

let scene: Scene;
let web: BuiltWeb;
let lisId: string;
let samtaleId: string;
let cancelled: string;
const tokens = {} as Record<Persona, string | undefined>;

beforeAll(async () => {
	scene = await createScene();
	web = await startBuiltWeb(scene.world.url);
	lisId = scene.people.lis.id;
	samtaleId = await scene.samtale();
	cancelled = await scene.samtale();
	for (const persona of PERSONAS) tokens[persona] = await scene.token(persona);
	const token = tokens.veileder;
	const body = new URLSearchParams({ grunn: 'kanarifuglgrunn' });
	expect((await web.ask(`/samtaler/${cancelled}?/avlys`, { method: 'POST', token, body })).status).toBe(200);
}, START_MS);
afterAll(async () => {
	await web.stop();
	await scene.world.destroy();
});

const CANARY = new RegExp([...Object.values(CANARIES), 'kanarifuglgrunn', 'kanarifugl'].join('|'));
const everything = ({ headers, body }: Answer) => JSON.stringify([...headers]) + body;

/** Whoever is not a reader never sees a word of a samtale, whatever they ask; nor secrets, nor addresses but where the table says. */
function expectNothingSecret(persona: Persona, answer: Answer, id?: string): void {
	if (!READERS.includes(persona)) expect(everything(answer)).not.toMatch(CANARY);
	expect(everything(answer)).not.toMatch(/\$argon2|node_modules|kysely|(?<!<)SELECT |lisk_/i);
	const shows = EXPECTED[id ?? '']?.addresses?.[persona] === true;
	if (!shows) expect(everything(answer)).not.toMatch(/@example\.test/i);
}

test('every route, action and method that exists has an expectation, and the other way round', () => {
	expect(allRoutes.map((route) => route.id)).toEqual(Object.keys(EXPECTED).sort());
	for (const { id, actions, methods } of routes) {
		expect([id, actions.toSorted()]).toEqual([id, Object.keys(EXPECTED[id]?.actions ?? {}).sort()]);
		expect([id, methods.filter((method) => method !== 'GET')]).toEqual([id, EXPECTED[id]?.post ? ['POST'] : []]);
	}
});

describe.each(PERSONAS)('%s', (persona) => {
	test('gets from each address what the table says', async () => {
		const got: [string, number | undefined][] = [];
		for (const { id } of routes) {
			const path = EXPECTED[id]?.path(lisId, samtaleId) ?? '';
			for (const method of ['GET', 'HEAD']) {
				const answer = await web.ask(path, { method, token: tokens[persona] });
				expectNothingSecret(persona, answer, id);
				got.push([id, answer.status]);
			}
		}
		expect(got).toEqual(routes.flatMap(({ id }) => Array.from({ length: 2 }, () => [id, EXPECTED[id]?.get[persona]])));
	});

	test('gets the same from the data endpoint behind each page', async () => {
		for (const { id } of routes.filter((route) => route.page && route.data)) {
			const path = EXPECTED[id]?.path(lisId, samtaleId) ?? '';
			const answer = await web.ask(`${path === '/' ? '' : path}/__data.json`, { token: tokens[persona] });
			expectNothingSecret(persona, answer, id);
			const data = JSON.parse(answer.body) as { type: string; nodes?: ({ type: string; status?: number } | null)[] };
			const last = data.nodes?.at(-1);
			const status = data.type === 'redirect' ? 303 : last?.type === 'error' ? last.status : 200;
			expect([id, status]).toEqual([id, EXPECTED[id]?.get[persona]]);
		}
	});

	test('is let through each form’s action as the table says', async () => {
		for (const { id } of routes) {
			for (const [action, { body, statuses }] of Object.entries(EXPECTED[id]?.actions ?? {})) {
				// What is changed must be new; a refusal changes nothing.
				const samtale = statuses[persona] === 200 ? await scene.samtale() : samtaleId;
				const path = EXPECTED[id]?.path(lisId, samtale) ?? '';
				const answer = await web.ask(action === 'default' ? path : `${path}?/${action}`, {
					...{ method: 'POST', token: tokens[persona], body: new URLSearchParams(body()) }
				});
				expect([id, action, answer.status]).toEqual([id, action, statuses[persona]]);
				expectNothingSecret(persona, answer, id);
			}
		}
	});
});

// Which methods a route has does not depend on who asks: two ask.
test.each(['nobody', 'veileder'] as const)('%s has no other method than those', async (persona) => {
	for (const { id, methods, actions } of routes) {
		const path = EXPECTED[id]?.path(lisId, samtaleId) ?? '';
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			if (methods.includes(method) || (method === 'POST' && actions.length > 0)) continue;
			const answer = await web.ask(path, { method, token: tokens[persona], body: new URLSearchParams({ a: 'b' }) });
			expect([id, method, answer.status]).toEqual([id, method, 405]);
			expectNothingSecret(persona, answer);
		}
	}
});

test.each(PERSONAS)('%s: endpoints that take a POST', async (persona) => {
	for (const { id } of routes) {
		const statuses = EXPECTED[id]?.post;
		if (!statuses) continue;
		// Log-out ends it: a session for this only.
		const token = await scene.token(persona);
		const answer = await web.ask(id, {
			method: 'POST',
			token,
			body: new URLSearchParams({ sprak: 'nb', next: '/hjem' })
		});
		expect([id, answer.status]).toEqual([id, statuses[persona]]);
	}
});

describe('a samtale', () => {
	test('that one may not know of, one that is not there and a name that none can have are answered alike', async () => {
		const upper = samtaleId.toUpperCase();
		for (const persona of ['annenLis', 'annenVeileder', 'leder', 'supervisor', 'hdir', 'drift'] as const) {
			const token = tokens[persona];
			const answers = await Promise.all(
				[samtaleId, randomUUID(), 'ikke-en-id', upper, "'; drop table samtale;--", '%00', 'æ'].map(async (id) => {
					const { status, body, headers } = await web.ask(`/samtaler/${encodeURIComponent(id)}`, { token });
					return JSON.stringify({ status, body: withoutIds(body), headers: [...headers.keys()].sort() }).replaceAll(
						encodeURIComponent(id),
						'<id>'
					);
				})
			);
			expect(new Set(answers).size).toBe(1);
			expect(answers[0]).toContain('"status":404');
		}
	});

	test('that is named wrongly in a form is answered as one that is not there', async () => {
		for (const [action, { body }] of Object.entries(EXPECTED['/samtaler/[samtaleId]']?.actions ?? {})) {
			for (const id of [randomUUID(), 'ikke-en-id', samtaleId.toUpperCase(), '%00']) {
				const answer = await web.ask(`/samtaler/${encodeURIComponent(id)}?/${action}`, {
					...{ method: 'POST', token: tokens.veileder, body: new URLSearchParams(body()) }
				});
				expect([action, id, answer.status]).toEqual([action, id, 404]);
			}
		}
	});

	test('can be read in full by those who may: or nothing above would have been shown', async () => {
		for (const persona of READERS) {
			const { body } = await web.ask(`/samtaler/${samtaleId}`, { token: tokens[persona] });
			for (const word of Object.values(CANARIES)) expect([persona, body.includes(word)]).toEqual([persona, true]);
			expect((await web.ask(`/samtaler/${cancelled}`, { token: tokens[persona] })).body).toContain('kanarifuglgrunn');
		}
	});

	test('is told of, by date and status, to the leder: not where, and not by a link', async () => {
		const { body } = await web.ask(`/veiledning/${lisId}`, { token: tokens.leder });
		expect(body).toContain('24. november');
		expect(body).not.toContain(`href="/samtaler/`);
		expect(body).not.toMatch(CANARY);
	});

	test('whose access has ended is told with its date, and without its text', async () => {
		const answer = await web.ask(`/samtaler/${samtaleId}`, { token: tokens.passedOn });
		expect(answer.status).toBe(403);
		expect(answer.body).toContain(scene.world.past(1).toISOString());
		expect(answer.body).not.toMatch(CANARY);
	});
});

describe('a finished samtale', () => {
	let finished: string;
	beforeAll(async () => {
		finished = await scene.samtale();
		await finalize(await scene.world.ctx(scene.people.veileder), finished);
	});

	test.each(PERSONAS)('%s: read by those who took part, on every address, and by nobody else', async (persona) => {
		for (const path of ['', '/__data.json', '/pdf', '/ics']) {
			const answer = await web.ask(`/samtaler/${finished}${path}`, { token: tokens[persona] });
			if (path !== '/__data.json') expect([path, answer.status]).toEqual([path, readers[persona]]);
			expectNothingSecret(persona, answer);
			if (path === '' && READERS.includes(persona)) expect(answer.body).toContain(CANARIES.referat);
		}
	});

	/** What is laid beside it, or is one's own: merknad.test.ts and samtale-kladd.test.ts. */
	const BESIDE = ['merknad', 'slettKladd'];

	test('takes no change: every verb of those who had it is told that it is ferdigstilt', async () => {
		for (const [action, { body, statuses }] of Object.entries(EXPECTED['/samtaler/[samtaleId]']?.actions ?? {})) {
			if (BESIDE.includes(action)) continue;
			for (const persona of PERSONAS) {
				const answer = await web.ask(`/samtaler/${finished}?/${action}`, {
					...{ method: 'POST', token: tokens[persona], body: new URLSearchParams(body()) }
				});
				const expected = statuses[persona] === 200 ? 409 : statuses[persona];
				expect([action, persona, answer.status]).toEqual([action, persona, expected]);
			}
		}
	});
});

test('/api/samtaler names exactly the samtaler that each may read, as the contract says', async () => {
	const own = { id: samtaleId, lisId, status: 'aktiv', dato: '2026-11-24' };
	for (const persona of PERSONAS.slice(2)) {
		const answer = await web.ask('/api/samtaler', { token: tokens[persona], headers: { accept: 'application/json' } });
		const list = JSON.parse(answer.body) as Record<string, unknown>[];
		const found = list.find((samtale) => samtale['id'] === samtaleId);
		expect([persona, found !== undefined]).toEqual([persona, READERS.includes(persona)]);
		if (found) expect(found).toEqual({ ...own, tittel: expect.any(String) });
		if (!READERS.includes(persona)) expect(list).toEqual([]);
	}
});

test('whoever is sent to log-in is brought back to where they were going, never elsewhere', async () => {
	for (const [path, next] of [
		['/hjem', '/hjem'],
		[`/samtaler/${randomUUID()}?fane=1`, undefined],
		['/veiledning', '/veiledning']
	] as const) {
		const { headers } = await web.ask(path);
		expect(headers.get('location')).toBe(`/logg-inn?next=${encodeURIComponent(next ?? path)}`);
	}
});
