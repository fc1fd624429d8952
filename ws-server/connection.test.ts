import * as decoding from 'lib0/decoding';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import type { Rights } from './admit.ts';
import { Budget } from './budget.ts';
import { Connection } from './connection.ts';
import { SLOW_BYTES, TOO_SLOW_BYTES } from './limits.ts';

/** A socket whose other side reads when it is told to. */
function slowSocket() {
	const sent: Uint8Array[] = [];
	const drained: (() => void)[] = [];
	const codes: number[] = [];
	const ws = {
		...{ OPEN: 1, readyState: 1 },
		bufferedAmount: 0,
		send: (frame: Uint8Array, done?: () => void) => {
			sent.push(frame);
			if (done) drained.push(done);
		},
		close: (code: number) => codes.push(code),
		pause: () => undefined,
		resume: () => undefined
	};
	const rights = { actor: { brukerId: 'a' } } as Rights;
	const handshake = { docId: '', lagre: true, epoch: 1, schema: undefined };
	// Messages that are not long go straight to the socket, behind two bytes or four.
	const written: Uint8Array[] = [];
	const socket = {
		write: (frame: Uint8Array) => {
			written.push(frame);
			sent.push(frame.subarray(frame[1] === 126 ? 4 : 2));
		}
	} as unknown as Writable;
	const conn = new Connection({ ws: ws as unknown as WebSocket, socket }, new Budget(0), handshake, rights, 0);
	return { ws, sent, written, drained, codes, conn };
}

/** What the frames of updates bring into a document that has `known` already. */
function read(known: Uint8Array[], frames: Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const update of known) Y.applyUpdate(doc, update);
	for (const frame of frames) {
		const decoder = decoding.createDecoder(frame);
		if (decoding.readVarUint(decoder) !== 0) continue;
		decoding.readVarUint(decoder);
		Y.applyUpdate(doc, decoding.readVarUint8Array(decoder));
	}
	expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
	return doc.getText('t').toString();
}

describe('a slow reader', () => {
	it('is sent nothing more at 1 MiB, and all that it has missed in one piece when it has read', () => {
		const { ws, sent, drained, conn } = slowSocket();
		const server = new Y.Doc({ gc: false });
		const updates: Uint8Array[] = [];
		server.on('update', (update: Uint8Array) => updates.push(update));
		const write = (doc: Y.Doc, text: string) => {
			doc.getText('t').insert(doc.getText('t').length, text);
			if (doc !== server) Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
		};
		const other = new Y.Doc();
		let asked = 0;
		const send = () => conn.sendUpdate(updates.at(-1) ?? new Uint8Array(), () => (asked += 1));
		write(server, 'en ');
		send();
		expect(sent).toHaveLength(1);
		ws.bufferedAmount = SLOW_BYTES;
		for (const [doc, text] of [
			[server, 'to '],
			[other, 'tre '],
			[server, 'fire ']
		] as const) {
			write(doc, text);
			send();
		}
		server.getText('t').delete(0, 1);
		send();
		// The empty frame that tells when all before it is out.
		expect(sent).toHaveLength(2);
		ws.bufferedAmount = 0;
		for (const done of drained) done();
		expect(asked).toBe(1);
		conn.sendMissed(server);
		expect(read([], sent)).toBe(server.getText('t').toString());
		write(server, 'fem');
		send();
		expect(sent).toHaveLength(4);
		expect(read([], sent)).toBe(server.getText('t').toString());
	});

	it('is closed with 1013 at 4 MiB', () => {
		const { ws, codes, conn } = slowSocket();
		ws.bufferedAmount = TOO_SLOW_BYTES + 1;
		conn.send(new Uint8Array(1));
		expect(codes).toEqual([1013]);
	});
});

it('what is gathered goes out in one piece and in its order, also before what is long and before the end', () => {
	const { sent, written, conn } = slowSocket();
	const message = (length: number) => new Uint8Array(length).fill(length);
	const header = { 1: [0x82, 1], 125: [0x82, 125], 126: [0x82, 126, 0, 126], 4096: [0x82, 126, 16, 0] };
	conn.gather();
	for (const length of [1, 125, 126, 4096]) conn.send(message(length));
	expect(sent).toEqual([]);
	conn.release();
	const whole = Object.entries(header).flatMap(([length, bytes]) => [...bytes, ...message(Number(length))]);
	expect(written.splice(0).map((piece) => [...piece])).toEqual([whole]);

	sent.splice(0);
	conn.gather();
	conn.send(message(2));
	conn.send(message(4097));
	conn.send(message(3));
	conn.close(1013);
	conn.release();
	expect(sent).toEqual([message(2), message(4097), message(3)].map((each, i) => (i === 1 ? each : Buffer.from(each))));
});
