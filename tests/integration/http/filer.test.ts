import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { START_MS, startBuiltWeb, type BuiltWeb } from '../../support/built-web.ts';
import { begynn, MB, omFil } from '../../support/filer-http.ts';
import { DOCX, PDF, PNG } from '../../support/filer.ts';
import { createScene, PERSONAS, type Persona, type Scene } from './personas.ts';

/** Files over HTTP, on the built application (T16): who may, what the headers say, what a broken connection leaves. */

let scene: Scene;
let web: BuiltWeb;
let lisId: string;
const tokens = {} as Record<Persona, string | undefined>;

beforeAll(async () => {
	scene = await createScene();
	web = await startBuiltWeb(scene.world.url, undefined, { FIL_MAKS: '60MB' });
	lisId = scene.people.lis.id;
	for (const persona of PERSONAS) tokens[persona] = await scene.token(persona);
}, START_MS);
afterAll(async () => {
	await web.stop();
	await scene.world.destroy();
});

const adresse = () => `/veiledning/${lisId}/filer/last-opp`;
const send = (persona: Persona, navn: string, innhold: Buffer, kobling = '') =>
	web.ask(adresse(), {
		...{ method: 'POST', token: tokens[persona], body: new Uint8Array(innhold) },
		headers: { accept: 'application/json', 'content-type': 'application/octet-stream', 'x-fil': omFil(navn, kobling) }
	});
const sendt = async (persona: Persona, navn: string, innhold: Buffer, kobling = '') => {
	const svar = await send(persona, navn, innhold, kobling);
	expect(svar.status).toBe(201);
	return (JSON.parse(svar.body) as { id: string }).id;
};
const rader = async () => (await scene.world.owner.selectFrom('fil').select('id').execute()).length;

const les = async (persona: Persona, path: string) => (await web.ask(path, { token: tokens[persona] })).status;
const slettes = async (persona: Persona, filId: string) =>
	(
		await web.ask(`/veiledning/${lisId}/filer?/slett`, {
			method: 'POST',
			token: tokens[persona],
			body: new URLSearchParams({ filId })
		})
	).status;

describe.each([
	[
		'nothing',
		() => '',
		{ lis: 201, veileder: 201, leder: 403, passedOn: 403, departed: 403 },
		{ lis: 200, veileder: 200, leder: 200, passedOn: 403, departed: 403 }
	],
	[
		'a samtale',
		(id: string) => `samtale:${id}`,
		{ lis: 201, veileder: 201, passedOn: 403, departed: 403 },
		{ lis: 200, veileder: 200, departed: 200, passedOn: 403 }
	]
] as const)('a file that belongs to %s', (_what, til, lastOpp, lese) => {
	test('is sent, read and deleted by exactly those who may; all others learn nothing', async () => {
		const kobling = til(await scene.samtale());
		const fil = await sendt('lis', 'Attest.pdf', PDF, kobling);
		for (const persona of PERSONAS) {
			const uten = tokens[persona] === undefined || persona === 'deactivated' ? 303 : 404;
			const venter = (tabell: Partial<Record<Persona, number>>) => tabell[persona] ?? uten;
			const navn = `${persona}.png`;
			expect([persona, (await send(persona, navn, PNG, kobling)).status]).toEqual([persona, venter(lastOpp)]);
			expect([persona, await les(persona, `/filer/${fil}`)]).toEqual([persona, venter(lese)]);
			expect([persona, await les(persona, `/filer/${fil}/vis`)]).toEqual([persona, venter(lese)]);
			if (persona === 'lis') continue;
			const slett = lese[persona as 'veileder'] === 200 ? 403 : venter(lese);
			expect([persona, await slettes(persona, fil)]).toEqual([persona, slett]);
		}
		expect(await slettes('lis', fil)).toBe(200);
		expect(await les('lis', `/filer/${fil}`)).toBe(404);
	});
});

test('what is unlinked, unknown, malformed or another LIS’ answers alike', async () => {
	const fil = await sendt('lis', 'Attest.pdf', PDF);
	const svar = await Promise.all(
		[fil, randomUUID(), 'ikke-en-id', fil.toUpperCase()].map((id) => les('annenLis', `/filer/${id}`))
	);
	expect(svar).toEqual([404, 404, 404, 404]);
	for (const kobling of [`samtale:${randomUUID()}`, 'mal:XXX-999', `aktivitet:${randomUUID()}`])
		expect((await send('lis', 'a.pdf', PDF, kobling)).status).toBe(404);
});

describe('a file that is fetched', () => {
	test('is saved under its name and runs nowhere, whatever its name', async () => {
		const id = await sendt('lis', '../«Ærlig» a"b; filename=x.html\r\n.docx', DOCX);
		const { headers, status } = await web.ask(`/filer/${id}`, { token: tokens['veileder'] });
		expect(status).toBe(200);
		expect(headers.get('content-disposition')).toMatch(
			/^attachment; filename="[ -~]*\.docx"; filename\*=UTF-8''[\w.!#$&+^`|~%-]*\.docx$/
		);
		expect(headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox$/);
		expect(headers.get('cache-control')).toBe('private, no-store');
		expect(headers.get('content-length')).toBe(String(DOCX.length));
		expect(await les('veileder', `/filer/${id}/vis`)).toBe(404);
	});

	test('is shown in the page only as a picture or a PDF', async () => {
		const bilde = await web.ask(`/filer/${await sendt('lis', 'b.png', PNG)}/vis`, { token: tokens['lis'] });
		expect(bilde.headers.get('content-disposition')).toMatch(/^inline; /);
		expect(bilde.headers.get('content-security-policy')).toMatch(/sandbox$/);
		const pdf = await web.ask(`/filer/${await sendt('lis', 'a.pdf', PDF)}/vis`, { token: tokens['lis'] });
		expect(pdf.headers.get('content-type')).toBe('application/pdf');
		expect(pdf.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
	});
});

describe('without scripts', () => {
	const skjema = (navn: string, innhold: Buffer) => {
		const body = new FormData();
		body.set('kategori', 'attest');
		body.set('beskrivelse', 'Fra kurset');
		body.set('kobling', '');
		body.set('fil', new File([new Uint8Array(innhold)], navn));
		return web.ask(adresse(), { method: 'POST', token: tokens['lis'], body });
	};

	test('a form sends one file, and is led back to the page', async () => {
		const svar = await skjema('Fra skjema.pdf', PDF);
		expect([svar.status, svar.headers.get('location')]).toEqual([303, `/veiledning/${lisId}/filer?lastet`]);
		const side = await web.ask(`/veiledning/${lisId}/filer?lastet`, { token: tokens['lis'] });
		expect(side.body).toMatch(/Fra skjema\.pdf[\s\S]*Attest[\s\S]*Fra kurset/);
	});

	test('what cannot be taken is told there, and leaves nothing', async () => {
		const for_ = await rader();
		for (const [navn, innhold, feil] of [
			['x.svg', PNG, 'fil_feil_type'],
			['x.pdf', PNG, 'fil_feil_innhold'],
			['x.pdf', Buffer.concat([PNG, Buffer.alloc(5 * MB)]), 'fil_feil_innhold'],
			['', Buffer.alloc(0), 'fil_feil_navn_mangler']
		] as const) {
			const svar = await skjema(navn, innhold);
			expect([svar.status, svar.headers.get('location')]).toEqual([303, `/veiledning/${lisId}/filer?feil=${feil}`]);
		}
		expect(await rader()).toBe(for_);
	});

	test('a body that is no form is refused', async () => {
		const headers = { 'content-type': 'multipart/form-data; boundary=x' };
		for (const body of [
			'',
			'--x\r\nrusk',
			`--x\r\nContent-Disposition: form-data; name="fil"; filename="a.pdf"\r\n\r\n%PDF-1.7 avkuttet`
		])
			expect((await web.ask(adresse(), { method: 'POST', token: tokens['lis'], body, headers })).status).toBe(303);
		expect((await web.ask(adresse(), { method: 'POST', token: tokens['lis'], body: 'x' })).status).toBe(400);
	});
});

test('refused early and late, the answer is heard by one that is still sending', async () => {
	const for_ = await rader();
	const stor = Buffer.alloc(4 * MB, 'x');
	expect((await send('lis', 'x.pdf', stor)).body).toContain('fil_feil_innhold');
	expect((await send('lis', 'x.txt', Buffer.concat([stor, Buffer.from([0])]))).body).toContain('fil_feil_tekst');
	const forStor = begynn(web, tokens['lis'] ?? '', lisId, 'x.pdf', 61 * MB);
	forStor.on('error', () => undefined);
	forStor.write(PDF);
	const [svar] = (await once(forStor, 'response')) as [IncomingMessage];
	expect([400, 413]).toContain(svar.statusCode);
	forStor.destroy();
	expect(await rader()).toBe(for_);
});

test('a connection that breaks leaves nothing, and the file can be sent again', async () => {
	const for_ = await rader();
	const brutt = begynn(web, tokens['lis'] ?? '', lisId, 'x.pdf', 2 * MB);
	brutt.on('error', () => undefined);
	brutt.write(PDF);
	brutt.write(Buffer.alloc(MB));
	await expect.poll(rader).toBe(for_ + 1);
	brutt.destroy();
	await expect.poll(rader).toBe(for_);
	await sendt('lis', 'x.pdf', PDF);
});
