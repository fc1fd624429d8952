import { expect, test } from 'vitest';
import { setImmediate } from 'node:timers/promises';
import * as Y from 'yjs';
import { encodeLagre, MESSAGE } from '#lib/collab/messages.ts';
import { RawClient, until } from '../support/realtime.ts';
import { faultsOf, heardByServer } from '../support/samtale-room.ts';
import { setStage } from '../support/stage.ts';
import { QUEUE_BYTES } from '../../ws-server/limits.ts';
import type { Room } from '../../ws-server/room.ts';

const stage = setStage({ proxied: true });

/** A document with a reader, and a bare socket of the LIS that may write. */
async function room() {
	const docId = await stage.world.samtale(stage.cast.veileder, stage.cast.lis);
	const reader = await stage.join(stage.cast.veileder, docId);
	const raw = await RawClient.open(stage.server.port, `${docId}?lagret=1`, await stage.world.login(stage.cast.lis));
	raw.sync(0, Y.encodeStateVector(new Y.Doc()));
	raw.sync(1, Y.encodeStateAsUpdate(new Y.Doc()));
	await reader.synced();
	await until(() => raw.updates().length > 0);
	const live = stage.server.rooms.get(docId);
	if (!live) throw new Error('no room');
	return { docId, reader, raw, live };
}

/** What a first paragraph makes; sent again it changes nothing, but must be kept until that is known. */
function firstWords(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.transact(() => {
		const paragraph = new Y.XmlElement('paragraph');
		doc.getXmlFragment('referat').push([paragraph]);
		paragraph.push([new Y.XmlText(text)]);
	});
	return Y.encodeStateAsUpdate(doc);
}

const saved = (raw: RawClient): number =>
	raw.frames.filter((frame) => frame[0] === MESSAGE.ours && frame[1] === 1).length;

/** What the room keeps waiting, in bytes as it weighs them. */
const waiting = (live: Room): number => live['queue']['bytes'];

test.each([
	['large updates', 300, (raw: RawClient, words: Uint8Array) => raw.sync(2, words), 'x'.repeat(60_000)],
	['tiny messages', 60_000, (raw: RawClient, _words: Uint8Array, i: number) => raw.ws.send(encodeLagre(i)), 'x']
])(
	'%s without end while the database is away: the socket is no longer read, what waits stays bounded, and all is done once it is back',
	async (_name, count, send, text) => {
		const { docId, reader, raw, live } = await room();
		stage.proxy.down();
		const words = firstWords(`først ${text}`);
		raw.sync(2, words);
		await until(() => live.phase === 'loading');
		for (let i = 1; i <= count; i++) send(raw, words, i);
		raw.ws.send(encodeLagre(count + 1));
		await until(() => waiting(live) > QUEUE_BYTES && [...live.connections].every((conn) => conn['paused']));
		// The server runs in this process: what it were to read now, it would read within these turns.
		for (let turn = 0; turn < 100; turn++) await setImmediate();
		// What had been read from the socket in one piece when it was paused comes on top.
		expect(waiting(live)).toBeLessThan(1.5 * QUEUE_BYTES);
		expect(saved(raw)).toBe(0);
		expect(reader.text()).toBe('');

		stage.proxy.up();
		await until(() => waiting(live) === 0 && raw.ws.bufferedAmount === 0 && saved(raw) > 0);
		await until(() => reader.text().includes('først'));
		await heardByServer({ ws: raw.ws });
		expect(await faultsOf(stage.world, docId, [reader], ['først'])).toEqual([]);
		raw.ws.close();
	}
);
