import { describe, expect, test } from 'vitest';
import { fetchPatiently } from './patient-fetch.ts';

type Answer = Response | 'down';
const data = (...nodes: unknown[]) => new Response(`${JSON.stringify({ type: 'data', nodes })}\n`);
const redirect = () => new Response(JSON.stringify({ type: 'redirect', location: '/logg-inn' }));
const shown = () => data({ type: 'skip' }, { type: 'data', data: [] });

/** Asks a server that answers so, one answer after the other; returns what came, and how long it waited. */
async function ask(answers: Answer[], options: { unsaved?: boolean; ends?: number; mine?: () => boolean } = {}) {
	const waits: number[] = [];
	const response = await fetchPatiently('/samtaler/1/__data.json', undefined, {
		fetch: () => {
			const answer = answers.length > 1 ? answers.shift() : answers[0];
			return answer instanceof Response ? Promise.resolve(answer.clone()) : Promise.reject(new TypeError('network'));
		},
		unsaved: () => options.unsaved ?? false,
		mine: () => Promise.resolve(options.mine?.() ?? true),
		wait: (ms) => (waits.push(ms), Promise.resolve()),
		ended: () => waits.length >= (options.ends ?? 50)
	});
	return { waits, text: await response?.text() };
}

describe('the data of a page where text is written', () => {
	test('comes at once when it is there', async () => {
		expect(await ask([shown()])).toEqual({ waits: [], text: await shown().text() });
	});

	test.each<[string, Answer]>([
		['the network is away', 'down'],
		['the server is away', new Response('', { status: 503 })],
		['it leads to log-in', redirect()],
		['a part of it could not be made', data({ type: 'error', status: 500 })],
		['it is no data at all', new Response('<!doctype html>')]
	])('is asked for again when %s, less and less often', async (_, answer) => {
		const { waits, text } = await ask([answer, answer, answer, answer, answer, answer, shown()]);
		expect(waits).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
		expect(text).toBe(await shown().text());
	});

	test.each<[string, Answer]>([
		['a page that one may not read', data({ type: 'data' }, { type: 'error', status: 404 })],
		['a refusal', new Response('', { status: 403 })]
	])('that is %s waits while text is unsaved, and only then', async (_, answer) => {
		expect((await ask([answer, shown()], { unsaved: true })).text).toBe(await shown().text());
		expect((await ask([answer, shown()])).waits).toEqual([]);
	});

	test('is not asked for again while somebody else is logged in', async () => {
		const logins = [false, false, true];
		const { waits, text } = await ask(['down', shown()], { mine: () => logins.shift() ?? true });
		expect(waits).toEqual([500, 1_000, 2_000]);
		expect(text).toBe(await shown().text());
	});

	test('is not asked for any more when the page has been left', async () => {
		expect(await ask(['down'], { ends: 3 })).toEqual({ waits: [500, 1_000, 2_000], text: undefined });
	});
});
