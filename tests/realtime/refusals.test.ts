import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { randomUUID } from 'node:crypto';
import { MESSAGE } from '#lib/collab/messages.ts';
import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { loggUt } from '#lib/server/commands/logg-ut.ts';
import { lesOkt } from '#lib/server/auth/okter.ts';
import { faultsOfLog, rendered, replay } from '../support/log-state.ts';
import { Client, ORIGIN, RawClient, startWsServer, until } from '../support/realtime.ts';
import { World } from '../support/world.ts';
import type { WsServer } from '../../ws-server/run.ts';

let world: World;
let server: WsServer;
let cast: Awaited<ReturnType<World['cast']>>;
let id: string;
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

async function join(
	person: { id: string; brukernavn: string; navn: string },
	docId: string,
	options: ConstructorParameters<typeof Client>[3] = {}
): Promise<Client> {
	const client = new Client(server.port, docId, await world.login(person), options);
	clients.push(client);
	return client;
}

/** A fresh samtale with one committed paragraph by the LIS. */
async function written(): Promise<{ docId: string; lis: Client }> {
	const docId = await world.samtale(cast.veileder, cast.lis);
	const lis = await join(cast.lis, docId, { params: { lagret: '1', epoke: '1' } });
	await lis.synced();
	lis.write('står her');
	await lis.committed();
	return { docId, lis };
}

const rejects = (docId: string) =>
	world.owner.selectFrom('collab_reject').select(['user_id', 'reason']).where('doc_id', '=', docId).execute();

describe('who may come in', () => {
	beforeAll(async () => {
		id = await world.samtale(cast.veileder, cast.lis);
	});

	test.each(['leder', 'supervisor', 'hdir', 'drift', 'annenLis', 'annenVeileder'] as const)(
		'%s is closed with 4403 and gets no text',
		async (who) => {
			const raw = await RawClient.open(server.port, id, await world.login(cast[who]));
			raw.sync(0, Y.encodeStateVector(new Y.Doc()));
			expect(await raw.closed).toBe(4403);
			expect(raw.frames).toEqual([]);
		}
	);

	test.each([randomUUID(), 'ikke-en-id', '', '../samtaler', '%00', 'ABCDEF00-0000-4000-8000-000000000000'])(
		'document «%s» is closed with 4403',
		async (docId) => {
			const raw = await RawClient.open(server.port, docId, await world.login(cast.lis));
			expect(await raw.closed).toBe(4403);
		}
	);

	test.each([undefined, 'tull', 'x'.repeat(4000)])('no valid session: 4401', async (token) => {
		const raw = await RawClient.open(server.port, id, token);
		expect(await raw.closed).toBe(4401);
	});

	test.each(['http://ond.test', 'null', `${ORIGIN}.ond.test`, ORIGIN.toUpperCase(), ''])(
		'Origin «%s» is refused before the upgrade',
		async (origin) => {
			await expect(RawClient.open(server.port, id, await world.login(cast.lis), origin)).rejects.toThrow('HTTP 403');
		}
	);

	test('an ended relation and an ended participation read and write nothing', async () => {
		const { docId } = await written();
		await world.owner
			.updateTable('samtale_deltaker')
			.set({ til: world.now })
			.where('samtale_id', '=', docId)
			.where('rolle', '=', 'veileder')
			.execute();
		const raw = await RawClient.open(server.port, docId, await world.login(cast.veileder));
		expect(await raw.closed).toBe(4403);
		expect(raw.frames).toEqual([]);
	});

	test('another epoch is 4410, another schema 4426', async () => {
		const token = await world.login(cast.lis);
		expect(await (await RawClient.open(server.port, `${id}?epoke=2`, token)).closed).toBe(4410);
		expect(await (await RawClient.open(server.port, `${id}?skjema=gammelt`, token)).closed).toBe(4426);
		const right = await RawClient.open(server.port, `${id}?epoke=1&skjema=${SCHEMA_FINGERPRINT}`, token);
		await until(() => right.frames.length > 0);
		right.ws.close();
	});
});

describe('authorship', () => {
	test('name and colour in awareness are the session’s, whatever the client says; foreign ids are dropped', async () => {
		const { docId, lis } = await written();
		const veileder = await join(cast.veileder, docId);
		await veileder.synced();
		veileder.provider.awareness.setLocalStateField('user', {
			id: cast.lis.id,
			name: cast.lis.navn,
			farge: 'url(javascript:alert(1))'
		});
		const seen = () => lis.provider.awareness.getStates().get(veileder.doc.clientID);
		await until(() => seen() !== undefined);
		expect(seen()).toEqual({
			user: { id: cast.veileder.id, navn: cast.veileder.navn, name: cast.veileder.navn, farge: 0 }
		});

		const foreign = new Awareness(new Y.Doc());
		foreign.setLocalState({ user: { name: 'En annen' } });
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, MESSAGE.awareness);
		encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(foreign, [foreign.clientID]));
		veileder.provider.ws?.send(encoding.toUint8Array(encoder));
		veileder.provider.awareness.setLocalStateField('cursor', null);
		await until(() => seen()?.['cursor'] === null);
		expect(lis.provider.awareness.getStates().has(foreign.clientID)).toBe(false);
		foreign.destroy();
	});

	test('writing under another person’s clientID is refused with 4409, and changes nothing', async () => {
		const { docId, lis } = await written();
		const doc = new Y.Doc();
		doc.clientID = lis.doc.clientID;
		const forger = await join(cast.veileder, docId, { doc });
		await forger.synced();
		const closed = forger.closed();
		// Yjs gives itself another clientID when it sees its own come from outside: take it back.
		doc.clientID = lis.doc.clientID;
		forger.write('som om jeg var LIS');
		expect(await closed).toBe(4409);
		expect(rendered(await replay(world.owner, docId))).toBe(rendered(lis.doc));
		await until(async () => (await rejects(docId)).length > 0);
		expect(await rejects(docId)).toEqual([{ user_id: cast.veileder.id, reason: '4409' }]);
		expect(await faultsOfLog(world.owner, docId)).toEqual([]);
	});

	test('a clientID that the other shows cannot be squatted before the first word', async () => {
		const docId = await world.samtale(cast.veileder, cast.lis);
		const lis = await join(cast.lis, docId, { params: { lagret: '1', epoke: '1' } });
		await lis.synced();
		const doc = new Y.Doc();
		const squatter = await join(cast.veileder, docId, { doc });
		await until(() => squatter.provider.awareness.getStates().has(lis.doc.clientID));
		const closed = squatter.closed();
		doc.clientID = lis.doc.clientID;
		squatter.write('først');
		expect(await closed).toBe(4409);
		lis.write('mitt eget');
		await lis.committed();
		const rows = await world.owner
			.selectFrom('collab_update')
			.select('user_id')
			.where('doc_id', '=', docId)
			.where('kind', '=', 'edit')
			.execute();
		expect(rows).toEqual([{ user_id: cast.lis.id }]);
	});

	test('a stock client may bring one clientID; a second one is refused', async () => {
		const { docId } = await written();
		const veileder = await join(cast.veileder, docId);
		await veileder.synced();
		veileder.write('første id');
		const closed = veileder.closed();
		veileder.doc.clientID += 1;
		veileder.write('andre id');
		expect(await closed).toBe(4409);
		veileder.doc.clientID -= 1;
	});
});

describe('content', () => {
	/** Each in one transaction, so in one update. */
	const evil: [string, number, (doc: Y.Doc) => void][] = [
		['a key on a root', 4422, (doc) => doc.getXmlFragment('referat').doc?.getMap('meta').set('a', 1)],
		['an unknown node', 4422, (doc) => doc.getXmlFragment('referat').push([new Y.XmlElement('script')])],
		[
			'a javascript: address',
			4422,
			(doc) => {
				const text = new Y.XmlText();
				const paragraph = new Y.XmlElement('paragraph');
				doc.getXmlFragment('referat').push([paragraph]);
				paragraph.push([text]);
				text.insert(0, 'klikk', { link: { href: 'javascript:alert(1)' } });
			}
		],
		[
			'an array as attribute',
			4422,
			(doc) => {
				const heading = new Y.XmlElement('heading');
				// Not of the declared type: that is the point.
				(heading as Y.XmlElement<Record<string, never>>).setAttribute('level', [1, 2] as never);
				doc.getXmlFragment('referat').push([heading]);
			}
		],
		['an update over 64 KiB', 4413, (doc) => doc.getXmlFragment('referat').push([new Y.XmlText('x'.repeat(70_000))])]
	];

	test.each(evil)(
		'%s ends the connection with %i and is kept for its author; the room is untouched',
		async (_name, code, act) => {
			const { docId, lis } = await written();
			const before = rendered(await replay(world.owner, docId));
			const attacker = await join(cast.veileder, docId);
			await attacker.synced();
			const closed = attacker.closed();
			attacker.doc.transact(() => act(attacker.doc));
			expect(await closed).toBe(code);
			expect(rendered(await replay(world.owner, docId))).toBe(before);
			expect(rendered(lis.doc)).toBe(before);
			// An over-long frame is refused before it is read, so there is nothing to keep.
			if (code === 4422) await until(async () => (await rejects(docId)).length > 0);
			if (code === 4422) expect(await rejects(docId)).toEqual([{ user_id: cast.veileder.id, reason: '4422' }]);
			lis.write('går videre');
			await lis.committed();
			expect(await faultsOfLog(world.owner, docId)).toEqual([]);
		}
	);

	test.each([
		['33 million structs in 7 bytes', Uint8Array.from([1, 0xff, 0xff, 0xff, 0x0f, 1, 0])],
		['garbage', Uint8Array.from(Array.from({ length: 200 }, (_, i) => (i * 73) % 256))],
		['nothing', new Uint8Array()]
	])('%s: 4422', async (_name, bytes) => {
		const { docId } = await written();
		const raw = await RawClient.open(server.port, docId, await world.login(cast.veileder));
		raw.sync(2, bytes);
		expect(await raw.closed).toBe(4422);
	});

	test('an unknown message type, a text frame, a server-only message: 4422; a frame over 1 MiB: 4413', async () => {
		const { docId } = await written();
		const token = await world.login(cast.veileder);
		for (const [frame, code] of [
			[Uint8Array.from([77, 1, 2]), 4422],
			['tekst', 4422],
			[Uint8Array.from([MESSAGE.ours, 1, 1, 1, 1]), 4422],
			[Uint8Array.from([]), 4422],
			[new Uint8Array(1024 * 1024 + 1), 4413]
		] as const) {
			const raw = await RawClient.open(server.port, docId, token);
			raw.ws.send(frame);
			expect(await raw.closed).toBe(code);
		}
	});

	test('an update that builds on nothing is asked about once, never acknowledged, and ends the connection when it recurs', async () => {
		const { docId, lis } = await written();
		const stranger = new Y.Doc();
		stranger.getXmlFragment('referat').push([new Y.XmlElement('paragraph')]);
		const before = Y.encodeStateVector(stranger);
		stranger.getXmlFragment('referat').push([new Y.XmlElement('paragraph')]);
		const gapped = Y.encodeStateAsUpdate(stranger, before);
		const raw = await RawClient.open(server.port, docId, await world.login(cast.veileder));
		raw.sync(0, Y.encodeStateVector(new Y.Doc()));
		raw.sync(1, Y.encodeStateAsUpdate(new Y.Doc()));
		await until(() => raw.updates().length > 0);
		raw.sync(2, gapped);
		await until(() => raw.frames.filter((frame) => frame[0] === MESSAGE.sync && frame[1] === 0).length === 2);
		raw.sync(1, Y.encodeStateAsUpdate(new Y.Doc()));
		raw.sync(2, gapped);
		expect(await raw.closed).toBe(4422);
		const live = server.rooms.get(docId);
		expect(live?.doc.store.pendingStructs).toBeNull();
		expect(rendered(await replay(world.owner, docId))).toBe(rendered(lis.doc));
	});
});

describe('access that changes', () => {
	test('log-out closes the sockets of that session with 4401, and no others', async () => {
		const { docId, lis } = await written();
		const token = await world.login(cast.veileder);
		const first = new Client(server.port, docId, token);
		const second = await join(cast.veileder, docId);
		clients.push(first);
		await Promise.all([first.synced(), second.synced()]);
		const closed = first.closed();
		const okt = await lesOkt(world.web, token, world.now);
		if (!okt) throw new Error('no session');
		await loggUt(await world.ctx(cast.veileder), okt);
		expect(await closed).toBe(4401);
		expect(second.provider.wsconnected).toBe(true);
		expect(lis.provider.wsconnected).toBe(true);
	});

	test('avlys makes it read-only at once: a write is closed with 4423, an empty SyncStep2 is no write', async () => {
		const { docId, lis } = await written();
		await avlysSamtale(await world.ctx(cast.veileder), { samtaleId: docId, grunn: 'Sykdom' });
		const before = rendered(await replay(world.owner, docId));
		await until(() => server.rooms.get(docId)?.head?.state === 'cancelled');
		const reader = await join(cast.veileder, docId);
		await reader.synced();
		expect(rendered(reader.doc)).toBe(before);
		const closed = lis.closed();
		lis.write('for sent');
		expect(await closed).toBe(4423);
		expect(rendered(await replay(world.owner, docId))).toBe(before);
		await until(async () => (await rejects(docId)).length > 0);
		expect(await rejects(docId)).toEqual([{ user_id: cast.lis.id, reason: '4423' }]);
		expect(reader.provider.wsconnected).toBe(true);
	});

	test('participation that ends while writing: 4403, the append refuses the stale rights, the text is kept for its author', async () => {
		const { docId, lis } = await written();
		await world.owner
			.updateTable('samtale_deltaker')
			.set({ til: world.now })
			.where('samtale_id', '=', docId)
			.where('rolle', '=', 'lis')
			.execute();
		await world.owner
			.updateTable('collab_doc')
			.set((eb) => ({ access_version: eb('access_version', '+', 1) }))
			.where('id', '=', docId)
			.execute();
		const closed = lis.closed();
		lis.write('etter at tilgangen tok slutt');
		expect(await closed).toBe(4403);
		expect(await faultsOfLog(world.owner, docId)).toEqual([]);
		const rows = await world.owner
			.selectFrom('collab_update')
			.select('kind')
			.where('doc_id', '=', docId)
			.where('kind', '=', 'edit')
			.execute();
		expect(rows.length).toBe(1);
		await until(async () => (await rejects(docId)).length > 0);
	});
});
