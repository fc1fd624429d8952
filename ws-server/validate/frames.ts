import * as syncProtocol from 'y-protocols/sync';
import { LIMITS } from '#lib/collab/limits.ts';
import { MESSAGE, OURS } from '#lib/collab/messages.ts';
import { Reader } from './reader.ts';
import { Refusal, refusedBy, type Refused } from './refusal.ts';

/** One message from a client (src/lib/collab/PROTOCOL.md). Payloads are views of the frame, and not looked at yet. */
export type Frame =
	| { kind: 'syncStep1'; payload: Uint8Array }
	| { kind: 'syncStep2'; payload: Uint8Array }
	| { kind: 'update'; payload: Uint8Array }
	| { kind: 'awareness'; payload: Uint8Array }
	| { kind: 'queryAwareness' }
	| { kind: 'lagre'; v: number };

export interface AwarenessEntry {
	clientId: number;
	clock: number;
	/** null: that client has gone. */
	state: Record<string, unknown> | null;
}

const CLIENT_AND_CLOCK_BYTES = 2;
const AWARENESS_ENTRY_BYTES = 3;

/** Takes one websocket message apart. Types that only a server may send are refused like unknown ones. Never throws. */
export function decodeFrame(bytes: Uint8Array): { ok: true; frame: Frame } | Refused {
	return refusedBy(() => {
		if (bytes.length > LIMITS.frameBytes) throw new Refusal('tooLarge', 'frame too large');
		const reader = new Reader(bytes);
		const frame = readFrame(reader);
		reader.end();
		return { ok: true as const, frame };
	});
}

function readFrame(reader: Reader): Frame {
	switch (reader.byte()) {
		case MESSAGE.sync:
			return readSync(reader);
		case MESSAGE.awareness:
			return { kind: 'awareness', payload: payload(reader, LIMITS.awarenessMessageBytes) };
		case MESSAGE.queryAwareness:
			return { kind: 'queryAwareness' };
		case MESSAGE.ours:
			if (reader.byte() !== OURS.lagre) throw new Refusal('invalid', 'unknown sub-type');
			return { kind: 'lagre', v: reader.uint(Number.MAX_SAFE_INTEGER) };
		default:
			throw new Refusal('invalid', 'unknown message type');
	}
}

function readSync(reader: Reader): Frame {
	switch (reader.byte()) {
		case syncProtocol.messageYjsSyncStep1:
			return { kind: 'syncStep1', payload: payload(reader, LIMITS.frameBytes) };
		case syncProtocol.messageYjsSyncStep2:
			return { kind: 'syncStep2', payload: payload(reader, LIMITS.step2Bytes) };
		case syncProtocol.messageYjsUpdate:
			return { kind: 'update', payload: payload(reader, LIMITS.updateBytes) };
		default:
			throw new Refusal('invalid', 'unknown sync message');
	}
}

function payload(reader: Reader, maxBytes: number): Uint8Array {
	const bytes = reader.lengthPrefixed();
	if (bytes.length > maxBytes) throw new Refusal('tooLarge', 'payload too large');
	return bytes;
}

/** Decodes the state vector of a SyncStep1: per client the next expected clock. Never throws. */
export function decodeStateVector(bytes: Uint8Array): { ok: true; stateVector: Map<number, number> } | Refused {
	return refusedBy(() => {
		const reader = new Reader(bytes);
		const stateVector = new Map<number, number>();
		for (let left = reader.count(CLIENT_AND_CLOCK_BYTES, LIMITS.clients); left > 0; left--) {
			const client = reader.uint(LIMITS.clientId);
			if (stateVector.has(client)) throw new Refusal('invalid', 'client named twice');
			stateVector.set(client, reader.uint(LIMITS.clock - 1));
		}
		reader.end();
		return { ok: true as const, stateVector };
	});
}

/**
 * Decodes an awareness message; each state is a JSON object or null. What stands in a state is still only the client's word:
 * whoever relays it picks the fields that it knows. Never throws.
 */
export function decodeAwareness(bytes: Uint8Array): { ok: true; entries: AwarenessEntry[] } | Refused {
	return refusedBy(() => {
		const reader = new Reader(bytes);
		const entries: AwarenessEntry[] = [];
		for (let left = reader.count(AWARENESS_ENTRY_BYTES, LIMITS.awarenessEntries); left > 0; left--) {
			const clientId = reader.uint(LIMITS.clientId);
			const clock = reader.uint(LIMITS.clock - 1);
			entries.push({ clientId, clock, state: parseState(reader.string(LIMITS.awarenessBytes)) });
		}
		reader.end();
		return { ok: true as const, entries };
	});
}

function parseState(json: string): Record<string, unknown> | null {
	let state: unknown;
	try {
		state = JSON.parse(json);
	} catch {
		throw new Refusal('invalid', 'awareness state is no JSON');
	}
	if (typeof state !== 'object' || Array.isArray(state)) throw new Refusal('invalid', 'awareness state is no object');
	return state as Record<string, unknown> | null;
}
