import * as encoding from 'lib0/encoding';
import * as syncProtocol from 'y-protocols/sync';
import type * as Y from 'yjs';
import { MESSAGE } from '#lib/collab/messages.ts';

/** Frames that the server sends, y-websocket's own kinds. */

/** The server's state vector: asks the client for what it has more. */
export function syncStep1(doc: Y.Doc): Uint8Array {
	const encoder = sync();
	syncProtocol.writeSyncStep1(encoder, doc);
	return encoding.toUint8Array(encoder);
}

/** Everything that a client with this state vector lacks. */
export function syncStep2(doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
	const encoder = sync();
	syncProtocol.writeSyncStep2(encoder, doc, stateVector);
	return encoding.toUint8Array(encoder);
}

/** One committed row. Written at once and not by an encoder: most frames that a server sends are these, and most hold one key. */
export function update(bytes: Uint8Array): Uint8Array {
	const frame = Buffer.allocUnsafe(2 + lengthOfVarUint(bytes.length) + bytes.length);
	frame[0] = MESSAGE.sync;
	frame[1] = syncProtocol.messageYjsUpdate;
	let at = 2;
	let left = bytes.length;
	for (; left > 0x7f; left >>>= 7) frame[at++] = 0x80 | (left & 0x7f);
	frame[at++] = left;
	frame.set(bytes, at);
	return frame;
}

/** Longer messages are not copied behind what goes before them. Bytes; their length stands in two (RFC 6455, 5.2). */
export const WHOLE = 4096;
const WHOLE_BINARY_MESSAGE = 0x82;
const LENGTH_IN_ONE = 125;
const TWO_FOLLOW = 126;

/** A message of at most `WHOLE` bytes as it goes over the socket from a server: in one frame, and not masked. */
export function wholeMessage(message: Uint8Array): Uint8Array {
	const { length } = message;
	const start = length > LENGTH_IN_ONE ? 4 : 2;
	const frame = Buffer.allocUnsafe(start + length);
	frame[0] = WHOLE_BINARY_MESSAGE;
	frame[1] = length > LENGTH_IN_ONE ? TWO_FOLLOW : length;
	if (length > LENGTH_IN_ONE) frame.writeUInt16BE(length, 2);
	frame.set(message, start);
	return frame;
}

/** Seven bits stand in each byte. */
function lengthOfVarUint(number: number): number {
	let length = 1;
	for (let left = number; left > 0x7f; left >>>= 7) length += 1;
	return length;
}

/** Who shows themselves under a clientID, by their session; null: they have gone. */
export type PresenceEntry = {
	clientId: number;
	clock: number;
	state: { user: { id: string; navn: string; name: string; farge: number }; cursor?: unknown } | null;
};

/** Presence; an empty list is the heartbeat. */
export function awareness(entries: readonly PresenceEntry[]): Uint8Array {
	const body = encoding.createEncoder();
	encoding.writeVarUint(body, entries.length);
	for (const entry of entries) {
		encoding.writeVarUint(body, entry.clientId);
		encoding.writeVarUint(body, entry.clock);
		encoding.writeVarString(body, JSON.stringify(entry.state));
	}
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.awareness);
	encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
	return encoding.toUint8Array(encoder);
}

function sync(): encoding.Encoder {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.sync);
	return encoder;
}
