import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Message types on the wire (PROTOCOL.md). 0, 1 and 3 are y-websocket's own. */
export const MESSAGE = { sync: 0, awareness: 1, queryAwareness: 3, ours: 100 } as const;

/** Sub-types of our own message. */
export const OURS = { lagre: 0, lagret: 1, tilstand: 2 } as const;

/** States of a document as they travel in TILSTAND; the index is the number on the wire. */
export const DOC_STATES = ['open', 'closing', 'final', 'cancelled'] as const;
export type DocState = (typeof DOC_STATES)[number];

export type ToClient = { kind: 'lagret'; v: number; seq: number; at: number } | { kind: 'tilstand'; state: DocState };

/** LAGRE: asks to be told when all that this socket sent before is committed. */
export function encodeLagre(v: number): Uint8Array<ArrayBuffer> {
	return write(OURS.lagre, [v]);
}

/** LAGRET: everything before LAGRE(v) is committed; `at` in milliseconds since 1970. */
export function encodeLagret(v: number, seq: number, at: number): Uint8Array<ArrayBuffer> {
	return write(OURS.lagret, [v, seq, at]);
}

/** TILSTAND: the state of the document; anything but `open` is read-only. */
export function encodeTilstand(state: DocState): Uint8Array<ArrayBuffer> {
	return write(OURS.tilstand, [DOC_STATES.indexOf(state)]);
}

/** Reads one of our messages in the browser; the message type is already read. Undefined for a sub-type from a newer server. */
export function readOurs(decoder: decoding.Decoder): ToClient | undefined {
	switch (decoding.readVarUint(decoder)) {
		case OURS.lagret:
			return {
				kind: 'lagret',
				v: decoding.readVarUint(decoder),
				seq: decoding.readVarUint(decoder),
				at: decoding.readVarUint(decoder)
			};
		case OURS.tilstand: {
			const state = DOC_STATES[decoding.readVarUint(decoder)];
			return state && { kind: 'tilstand', state };
		}
		default:
			return undefined;
	}
}

function write(subType: number, fields: number[]): Uint8Array<ArrayBuffer> {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.ours);
	encoding.writeVarUint(encoder, subType);
	for (const field of fields) encoding.writeVarUint(encoder, field);
	return encoding.toUint8Array(encoder);
}
