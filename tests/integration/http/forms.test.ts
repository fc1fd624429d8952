import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type Answer, type Ask, type BuiltWeb } from '../../support/built-web.ts';
import { createScene, type Scene } from './personas.ts';

/** What forms take and do not take, and what is said when something breaks, on the built application. */

const TID = { dato: '2026-12-10', fra: '10:00', til: '11:00', sted: 'Legekontoret' };

let scene: Scene;
let web: BuiltWeb;
let samtaleId: string;
let token: string | undefined;

beforeAll(async () => {
	scene = await createScene();
	web = await startBuiltWeb(scene.world.url);
	samtaleId = await scene.samtale();
	token = await scene.token('veileder');
}, START_MS);
afterAll(async () => {
	await web.stop();
	await scene.world.destroy();
});

const post = (path: string, fields: Record<string, string>, ask: Ask = {}): Promise<Answer> =>
	web.ask(path, { method: 'POST', token, body: new URLSearchParams(fields), ...ask });
const row = (id = samtaleId) =>
	scene.world.owner.selectFrom('samtale').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

describe('fields that a form does not have (T08)', () => {
	const EXTRA = {
		...{
			id: '00000000-0000-4000-8000-000000000000',
			lisId: 'x',
			lis_id: 'x',
			status: 'ferdigstilt',
			versjon: '1',
			role: 'drift'
		},
		...{
			opprettetAv: 'x',
			opprettet_av: 'x',
			deltakere: '[]',
			__proto__x: 'x',
			constructor: 'x',
			'a[b]': 'x',
			now: '1970-01-01'
		}
	};

	test('change nothing: time and place', async () => {
		const before = await row();
		expect((await post(`/samtaler/${samtaleId}?/tid`, { ...TID, ...EXTRA })).status).toBe(200);
		const { dato, fra, til, sted, versjon, ...rest } = await row();
		expect({ dato, fra, til, sted, versjon }).toEqual({ ...TID, fra: '10:00:00', til: '11:00:00', versjon: 2 });
		const { dato: _dato, fra: _fra, til: _til, sted: _sted, versjon: _versjon, ...restBefore } = before;
		expect(rest).toEqual(restBefore);
	});

	test('change nothing: a new samtale is for the LIS of the address, by whoever asks, and planned', async () => {
		const fremmed = scene.people.annenLis.id;
		const answer = await post(`/veiledning/${scene.people.lis.id}?/ny`, {
			...EXTRA,
			...TID,
			lisId: fremmed,
			lis_id: fremmed
		});
		expect(answer.status).toBe(303);
		const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
		expect(await row(id)).toMatchObject({
			...{ lis_id: scene.people.lis.id, opprettet_av: scene.people.veileder.id, status: 'planlagt', versjon: 1 }
		});
		const people = await scene.world.owner
			.selectFrom('samtale_deltaker')
			.select('person_id')
			.where('samtale_id', '=', id)
			.execute();
		expect(people.map((one) => one.person_id).sort()).toEqual([scene.people.lis.id, scene.people.veileder.id].sort());
	});

	test('change nothing: the language is the asker’s own', async () => {
		await post('/sprak', { sprak: 'en', brukerId: scene.people.lis.id, status: 'aktiv', farge: '7' });
		const people = await scene.world.owner
			.selectFrom('bruker')
			.select(['id', 'farge'])
			.where('sprak', '=', 'en')
			.execute();
		expect(people).toEqual([{ id: scene.people.veileder.id, farge: 0 }]);
		await post('/sprak', { sprak: 'nb' });
	});
});

describe('what a form cannot be', () => {
	test.each([
		[{ dato: '2026-02-30' }, 'Datoen finnes ikke'],
		[{ dato: '2026-12-10', fra: '25:61' }, 'Klokkeslettet finnes ikke'],
		[{ dato: '2026-12-10', fra: '11:00', til: '10:00' }, 'Samtalen må slutte etter at den begynner'],
		[{ dato: '2026-12-10', sted: 'x'.repeat(201) }, 'Stedet er for langt'],
		[{ dato: '2026-12-10', sted: 'a\u202eb' }, 'usynlige tegn'],
		[{ dato: '2026-12-10', sted: 'a\u0000b' }, 'usynlige tegn']
	])('%j: 400, in words, with what was typed', async (fields, words) => {
		const before = await row();
		const answer = await post(`/samtaler/${samtaleId}?/tid`, { versjon: '1', fra: '', til: '', sted: '', ...fields });
		expect(answer.status).toBe(400);
		expect(answer.body).toContain(words);
		expect(await row()).toEqual(before);
	});

	test('an older version: 409, in words', async () => {
		const answer = await post(`/samtaler/${samtaleId}?/tid`, { ...TID, versjon: '1' });
		expect(answer.status).toBe(409);
		expect(answer.body).toContain('Den andre endret dato, tid eller sted');
	});

	test('a reason of several lines, as browsers send it, is kept as lines', async () => {
		const id = await scene.samtale();
		expect((await post(`/samtaler/${id}?/avlys`, { grunn: 'Sykdom.\r\nNy dato kommer.' })).status).toBe(200);
		expect((await row(id)).avlyst_grunn).toBe('Sykdom.\nNy dato kommer.');
		const again = await post(`/samtaler/${id}?/avlys`, { grunn: 'Igjen' });
		expect(again.status).toBe(409);
		expect(again.body).toContain('samtale_konflikt_avlyst');
	});

	const forms = () => [`/samtaler/${samtaleId}?/tid`, `/veiledning/${scene.people.lis.id}?/ny`, '/logg-inn', '/sprak'];
	const odd: [name: string, ask: () => Ask, statuses: number[]][] = [
		['JSON', () => ({ body: '{"a":1}', headers: { 'content-type': 'application/json' } }), [400, 415]],
		['text', () => ({ body: 'dato=2026-12-10', headers: { 'content-type': 'text/plain' } }), [200, 303, 400, 409]],
		['no type', () => ({ body: new Uint8Array([1, 2]) }), [400, 415]],
		[
			'multipart without its boundary',
			() => ({ body: 'x', headers: { 'content-type': 'multipart/form-data' } }),
			[400]
		],
		[
			'broken multipart',
			() => ({ body: '--a\r\nx', headers: { 'content-type': 'multipart/form-data; boundary=a' } }),
			[400]
		],
		['a file for a field', fileForField, [200, 303, 400, 409]],
		[
			'10,000 fields',
			() => ({ body: new URLSearchParams(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, ''])) }),
			[200, 303, 400, 409]
		],
		['600 kB', () => ({ body: new URLSearchParams({ sted: 'x'.repeat(600_000) }) }), [413]]
	];

	async function answers(paths: string[], ask: () => Ask, statuses: number[]): Promise<void> {
		for (const path of paths) {
			const { status, body } = await post(path, {}, ask());
			expect([path, statuses.includes(status) ? 'as it should' : `${status} ${body.slice(0, 300)}`]).toEqual([
				path,
				'as it should'
			]);
		}
	}

	test.each(odd)('%s: the asker’s fault, in every form', (_name, ask, statuses) => answers(forms(), ask, statuses));

	// It takes a PDF, and so more than a form.
	const forPdf: typeof odd = [
		...odd.filter(([name]) => name !== '600 kB'),
		['11 MB', () => ({ body: new URLSearchParams({ fil: 'x'.repeat(11 * 1024 * 1024) }) }), [413]]
	];
	test.each(forPdf)('%s: the asker’s fault, where a PDF is checked', (_name, ask, statuses) =>
		answers(['/kontroll'], ask, statuses)
	);

	function fileForField(): Ask {
		const body = new FormData();
		for (const name of ['dato', 'sted', 'versjon', 'brukernavn', 'passord', 'sprak'])
			body.set(name, new Blob(['x']), 'x.txt');
		return { body };
	}
});

describe('when something breaks (T20)', () => {
	test('the answer carries an id and nothing else of it; the log has the rest under that id', async () => {
		await sql`alter table samtale_forslag rename to borte`.execute(scene.world.owner);
		try {
			const asks: [path: string, ask: Ask][] = [
				[`/samtaler/${samtaleId}`, {}],
				[`/samtaler/${samtaleId}/__data.json`, {}],
				[
					`/samtaler/${samtaleId}?/foresla`,
					{ method: 'POST', body: new URLSearchParams(TID), token: await scene.token('lis') }
				],
				[`/samtaler/${samtaleId}`, { headers: { accept: 'application/json' } }]
			];
			for (const [path, ask] of asks) {
				const answer = await web.ask(path, { token, ...ask });
				if (!path.endsWith('.json')) expect(answer.status).toBe(500);
				const id = answer.headers.get('x-request-id') ?? '';
				expect(answer.body).toContain(id);
				const told = JSON.stringify([...answer.headers]) + answer.body;
				expect(told).not.toMatch(
					/samtale_forslag|relation|select |42P01|node_modules|\.ts:|\.js:\d|at async|postgres|kysely|stack/i
				);
				const line = web
					.log()
					.split('\n')
					.find((one) => one.includes(id) && one.includes('unexpected error'));
				expect(line).toContain('samtale_forslag');
			}
		} finally {
			await sql`alter table borte rename to samtale_forslag`.execute(scene.world.owner);
		}
		expect((await web.ask(`/samtaler/${samtaleId}`, { token })).status).toBe(200);
	});

	test('no answer names the software or its versions', async () => {
		for (const path of ['/hjelp', '/finnes-ikke', '/api/okt', '/_app/finnes-ikke', '/livez']) {
			const { headers } = await web.ask(path);
			for (const name of ['server', 'x-powered-by', 'via'])
				expect([path, name, headers.get(name)]).toEqual([path, name, null]);
		}
	});
});
