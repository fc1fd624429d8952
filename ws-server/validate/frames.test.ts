import * as encoding from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as syncProtocol from 'y-protocols/sync';
import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/collab/limits.ts';
import { encodeLagre, encodeLagret, encodeTilstand } from '#lib/collab/messages.ts';
import { decodeAwareness, decodeFrame, decodeStateVector } from './frames.ts';
import { bytes, concat, uints } from './test-support.ts';

const doc = new Y.Doc();
doc.getXmlFragment('referat').insert(0, [new Y.XmlElement('paragraph')]);

/** A y-websocket sync message. */
const sync = (write: (encoder: encoding.Encoder) => void) =>
	bytes((encoder) => {
		encoding.writeVarUint(encoder, 0);
		write(encoder);
	});
const withPayload = (length: number, ...head: number[]) => concat(uints(...head, length), new Uint8Array(length));

function awarenessOf(...states: (Record<string, unknown> | null)[]): Uint8Array {
	return bytes((encoder) => {
		encoding.writeVarUint(encoder, states.length);
		states.forEach((state, i) => {
			encoding.writeVarUint(encoder, i + 1);
			encoding.writeVarUint(encoder, 3);
			encoding.writeVarString(encoder, JSON.stringify(state));
		});
	});
}

describe('decodeFrame', () => {
	it('takes apart what stock clients send', () => {
		const update = Y.encodeStateAsUpdate(doc);
		expect(decodeFrame(sync((e) => syncProtocol.writeSyncStep1(e, doc)))).toEqual({
			ok: true,
			frame: { kind: 'syncStep1', payload: Y.encodeStateVector(doc) }
		});
		expect(decodeFrame(sync((e) => syncProtocol.writeSyncStep2(e, doc)))).toEqual({
			ok: true,
			frame: { kind: 'syncStep2', payload: update }
		});
		expect(decodeFrame(sync((e) => syncProtocol.writeUpdate(e, update)))).toEqual({
			ok: true,
			frame: { kind: 'update', payload: update }
		});
		expect(decodeFrame(concat(uints(1, 2), Uint8Array.of(7, 8)))).toEqual({
			ok: true,
			frame: { kind: 'awareness', payload: Uint8Array.of(7, 8) }
		});
		expect(decodeFrame(uints(3))).toEqual({ ok: true, frame: { kind: 'queryAwareness' } });
	});

	it('takes LAGRE, and refuses what only the server sends', () => {
		expect(decodeFrame(encodeLagre(12345))).toEqual({ ok: true, frame: { kind: 'lagre', v: 12345 } });
		for (const frame of [encodeLagret(1, 2, 3), encodeTilstand('final'), uints(2, 0), uints(4), uints(100, 9)]) {
			expect(decodeFrame(frame)).toMatchObject({ ok: false, fault: 'invalid' });
		}
	});

	it.each([
		['nothing', new Uint8Array(0)],
		['a type without content', uints(0)],
		['an unknown sync message', withPayload(1, 0, 3)],
		['a payload longer than the frame', uints(0, 2, 4_000_000_000)],
		['trailing bytes', concat(withPayload(1, 0, 2), uints(0))],
		['trailing bytes behind a query', uints(3, 0)],
		['text', new TextEncoder().encode('{"type":"sync"}')]
	])('refuses %s', (_, frame) => expect(decodeFrame(frame)).toMatchObject({ ok: false, fault: 'invalid' }));

	it('keeps the sizes', () => {
		const large = [
			withPayload(LIMITS.updateBytes + 1, 0, 2),
			withPayload(LIMITS.awarenessMessageBytes + 1, 1),
			withPayload(LIMITS.frameBytes, 0, 1)
		];
		for (const frame of large) expect(decodeFrame(frame)).toMatchObject({ ok: false, fault: 'tooLarge' });
		expect(decodeFrame(withPayload(LIMITS.updateBytes, 0, 2)).ok).toBe(true);
		expect(decodeFrame(withPayload(LIMITS.updateBytes + 1, 0, 1)).ok).toBe(true);
	});

	it('never throws', () => {
		fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (frame) => typeof decodeFrame(frame).ok === 'boolean'));
	});
});

describe('decodeStateVector', () => {
	it('reads what Yjs writes', () => {
		const vector = Y.encodeStateVector(doc);
		expect(decodeStateVector(vector)).toEqual({ ok: true, stateVector: Y.decodeStateVector(vector) });
		expect(decodeStateVector(uints(0))).toEqual({ ok: true, stateVector: new Map() });
	});

	it.each([
		['33 million entries', uints(33_554_431, 1, 1)],
		['a client twice', uints(2, 1, 1, 1, 2)],
		['trailing bytes', uints(0, 0)],
		['a clock of 2^31', uints(1, 1, 2 ** 31)],
		['nothing', new Uint8Array(0)]
	])('refuses %s', (_, vector) => expect(decodeStateVector(vector)).toMatchObject({ ok: false, fault: 'invalid' }));
});

describe('decodeAwareness', () => {
	it('reads what y-protocols writes', () => {
		const awareness = new Awareness(doc);
		awareness.setLocalState({ cursor: { anchor: 1 }, user: { name: 'Å' } });
		const update = encodeAwarenessUpdate(awareness, [doc.clientID]);
		awareness.destroy();
		expect(decodeAwareness(update)).toEqual({
			ok: true,
			entries: [{ clientId: doc.clientID, clock: 1, state: { cursor: { anchor: 1 }, user: { name: 'Å' } } }]
		});
		expect(decodeAwareness(awarenessOf(null))).toMatchObject({ ok: true, entries: [{ state: null }] });
		expect(decodeAwareness(uints(0))).toEqual({ ok: true, entries: [] });
	});

	it('keeps the sizes', () => {
		const state = { x: 'a'.repeat(LIMITS.awarenessBytes) };
		expect(decodeAwareness(awarenessOf(state))).toMatchObject({ ok: false, fault: 'tooLarge' });
		expect(decodeAwareness(awarenessOf(...Array.from({ length: 64 }, () => ({})))).ok).toBe(true);
		expect(decodeAwareness(awarenessOf(...Array.from({ length: 65 }, () => ({}))))).toMatchObject({ fault: 'tooMany' });
	});

	const json = (text: string) =>
		concat(
			uints(1),
			bytes((encoder) => writeEntry(encoder, text))
		);

	it.each(['', '{', '[]', '7', '"x"', 'true', 'undefined'])('refuses the state %j', (text) => {
		expect(decodeAwareness(json(text))).toMatchObject({ ok: false, fault: 'invalid' });
	});
});

function writeEntry(encoder: encoding.Encoder, text: string): void {
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarString(encoder, text);
}
