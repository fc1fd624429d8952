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

/** One committed row. */
export function update(bytes: Uint8Array): Uint8Array {
	const encoder = sync();
	syncProtocol.writeUpdate(encoder, bytes);
	return encoding.toUint8Array(encoder);
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
