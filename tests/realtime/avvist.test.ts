import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { randomUUID } from 'node:crypto';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { slettAvviste } from '#lib/server/commands/slett-avviste.ts';
import { keepRejected } from '#lib/server/queries/collab.ts';
import { hentAvvisteSide } from '#lib/server/views/avvist.ts';
import { hentSamtaleSide } from '#lib/server/views/samtale.ts';
import { outcome } from '../support/outcome.ts';
import { Client, RawClient, startWsServer, until } from '../support/realtime.ts';
import { World, type Person } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

/** Refused updates are listed to their author, and to nobody else (collab.md, promise 3). */

let world: World;
let server: WsServer;
let cast: Awaited<ReturnType<World['cast']>>;
const clients: Client[] = [];

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	server = await startWsServer(world.url);
});
afterEach(() => {
	for (const client of clients.splice(0)) client.destroy();
});
afterAll(async () => {
	await server.stop();
	await world.destroy();
});

const side = async (who: Person, samtaleId: string) => hentAvvisteSide(await world.ctx(who), samtaleId);
const harAvviste = async (who: Person, id: string) =>
	(await hentSamtaleSide(await world.ctx(who), id, { vent: () => Promise.resolve() })).harAvviste;
const rows = (docId: string) =>
	world.owner.selectFrom('collab_reject').select(['user_id', 'tekst']).where('doc_id', '=', docId).execute();

async function join(person: Person, docId: string): Promise<Client> {
	const client = new Client(server.port, docId, await world.login(person), { params: { lagret: '1', epoke: '1' } });
	clients.push(client);
	await client.synced();
	return client;
}

/** Writes these words, with an address that no document may hold in the same breath. */
async function refusedFor(person: Person, docId: string, words: string): Promise<void> {
	const client = await join(person, docId);
	const closed = client.closed();
	client.doc.transact(() => {
		client.write(words);
		client.doc.getXmlFragment('referat').push([new Y.XmlElement('callout' as never)]);
	});
	expect(await closed).toBe(4422);
}

/** Words in a form that is well formed, too late. */
async function tooLate(person: Person, docId: string, words: string): Promise<void> {
	const client = await join(person, docId);
	const closed = client.closed();
	// One update: what comes after the first that is refused is not looked at any more.
	client.doc.transact(() => {
		const text = client.write('');
		for (const [i, letter] of [...words].entries()) text.insert(i, letter);
	});
	expect(await closed).toBe(4423);
	await until(async () => (await rows(docId)).some(({ tekst }) => tekst !== null));
}

async function avlyst(): Promise<string> {
	const id = await world.samtale(cast.veileder, cast.lis);
	await avlysSamtale(await world.ctx(cast.veileder), { samtaleId: id, grunn: 'Sykdom' });
	return id;
}

test('nobody but those who take part has such a page, and no other id has one', async () => {
	const id = await avlyst();
	for (const who of ['leder', 'annenLis', 'annenVeileder', 'supervisor', 'hdir', 'drift'] as const) {
		expect([who, await outcome(side(cast[who], id))]).toEqual([who, 'not_found']);
		const slett = slettAvviste(await world.ctx(cast[who]), { samtaleId: id, til: 1 });
		expect([who, await outcome(slett)]).toEqual([who, 'not_found']);
	}
	for (const wrong of [randomUUID(), 'ikke-en-id', id.toUpperCase(), '', "'; --"])
		expect([wrong, await outcome(side(cast.lis, wrong))]).toEqual([wrong, 'not_found']);
});

test('what came too late is its author’s to read, with when and why; the other is not given a word of it', async () => {
	const id = await avlyst();
	expect(await harAvviste(cast.lis, id)).toBe(false);
	await tooLate(cast.lis, id, 'Noras sene ord.');
	const { avviste, til, samtale } = await side(cast.lis, id);
	expect(avviste).toEqual([
		{ at: expect.stringMatching(/^\d{4}-.*Z$/) as string, grunn: 'avlyst', tekst: 'Noras sene ord.' }
	]);
	expect(til).toBe(Date.parse(avviste[0]?.at ?? '') * 1000);
	expect(samtale?.id).toBe(id);
	expect(await harAvviste(cast.lis, id)).toBe(true);
	expect(await side(cast.veileder, id)).toEqual({ samtale, avviste: [], til: null });
	expect(await harAvviste(cast.veileder, id)).toBe(false);
});

test('of what may not even be decoded nothing is read out, and that is said', async () => {
	const id = await world.samtale(cast.veileder, cast.lis);
	await refusedFor(cast.veileder, id, '<img src=x onerror=alert(1)>');
	const raw = await RawClient.open(server.port, id, await world.login(cast.veileder));
	raw.sync(2, Uint8Array.from([1, 255, 255, 255, 15, 0, 0]));
	expect(await raw.closed).toBe(4422);
	await until(async () => (await rows(id)).length === 2);
	const { avviste } = await side(cast.veileder, id);
	expect(avviste.map(({ grunn, tekst }) => [grunn, tekst])).toEqual([
		['ugyldig', null],
		['ugyldig', null]
	]);
});

test('whose access has ended still reads their own words, and nothing of the samtale', async () => {
	const id = await world.samtale(cast.veileder, cast.lis, { dato: '2026-12-24' });
	const veileder = await join(cast.veileder, id);
	const closed = veileder.closed();
	await world.owner.transaction().execute(async (trx) => {
		await trx
			.updateTable('samtale_deltaker')
			.set({ til: new Date() })
			.where('samtale_id', '=', id)
			.where('rolle', '=', 'veileder')
			.execute();
		await trx
			.updateTable('collab_doc')
			.set((eb) => ({ access_version: eb('access_version', '+', 1) }))
			.where('id', '=', id)
			.execute();
	});
	veileder.write('Karis siste.');
	expect(await closed).toBe(4403);
	await until(async () => (await rows(id)).length > 0);
	const ctx = { ...(await world.ctx(cast.veileder)), now: new Date() };
	expect(await outcome(hentSamtaleSide(ctx, id, { vent: () => Promise.resolve() }))).toBe('ended');
	const { samtale, avviste } = await hentAvvisteSide(ctx, id);
	expect(samtale).toBeNull();
	expect(avviste.map(({ grunn, tekst }) => [grunn, tekst])).toEqual([['uten-tilgang', 'Karis siste.']]);
});

test('its author deletes what they have seen, not what came later, and nobody else’s', async () => {
	const id = await avlyst();
	const reject = (who: Person, ms: number, tekst: string) =>
		keepRejected(world.ws, {
			...{ docId: id, userId: who.id, now: new Date(ms), reason: '4423', tekst },
			updates: [Uint8Array.of(0, 0), Uint8Array.of(0, 0)]
		});
	await reject(cast.lis, 1000, 'sett');
	await reject(cast.lis, 2000, 'ikke sett');
	await reject(cast.veileder, 500, 'Karis');
	await slettAvviste(await world.ctx(cast.lis), { samtaleId: id, til: 1_000_000 });
	expect((await rows(id)).filter(({ tekst }) => tekst !== null)).toEqual([
		{ user_id: cast.lis.id, tekst: 'ikke sett' },
		{ user_id: cast.veileder.id, tekst: 'Karis' }
	]);
	expect((await side(cast.lis, id)).avviste.map(({ tekst }) => tekst)).toEqual(['ikke sett']);
});

test('whoever is refused again and again fills nothing: the newest stays', async () => {
	const id = await avlyst();
	const upd = new Uint8Array(1_000_000);
	for (let n = 1; n <= 9; n++)
		await keepRejected(world.ws, {
			...{ docId: id, userId: cast.lis.id, now: new Date(n), reason: '4422', updates: [upd], tekst: `nr. ${n}` }
		});
	await keepRejected(world.ws, {
		...{ docId: id, userId: cast.veileder.id, now: new Date(1), reason: '4423', tekst: 'Karis' },
		updates: Array.from({ length: 9_000 }, () => Uint8Array.of(0, 0))
	});
	const { avviste } = await side(cast.lis, id);
	expect(avviste.map(({ tekst }) => tekst)).toEqual(['nr. 9', 'nr. 8', 'nr. 7', 'nr. 6']);
	expect((await side(cast.veileder, id)).avviste.map(({ tekst }) => tekst)).toEqual(['Karis']);
	expect((await rows(id)).length).toBeLessThan(4_200);
});
