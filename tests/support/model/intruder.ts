import * as encoding from 'lib0/encoding';
import type WebSocket from 'ws';
import * as Y from 'yjs';
import { MESSAGE } from '#lib/collab/messages.ts';
import { RawClient } from '../realtime.ts';

/** How long an intruder tries at most: a server may be down just now. Milliseconds. */
const LIMIT_MS = 1_000;

/** What is tried with the session of one of the two, past the editor. */
export type Attempt = {
	port: number;
	docId: string;
	token: string;
	/** What is sent once the socket is open, each as an update or as the answer to SyncStep1. */
	send: { kind: 1 | 2; update: Uint8Array }[];
	/** A clientID to show oneself under. */
	shownAs?: number;
};

/** Sends it by a bare socket, and goes when the server has looked at it or has closed the socket. */
export async function intrude({ port, docId, token, send, shownAs }: Attempt): Promise<void> {
	const opened = RawClient.open(port, docId, token).catch(() => undefined);
	const raw = await Promise.race([opened, later()]);
	if (!raw) return void opened.then((late) => late?.ws.terminate());
	raw.sync(0, Y.encodeStateVector(new Y.Doc()));
	if (shownAs !== undefined) raw.ws.send(shown(shownAs));
	for (const { kind, update } of send) raw.sync(kind, update);
	await Promise.race([raw.closed, answered(raw.ws), later()]);
	raw.ws.terminate();
}

function later(): Promise<undefined> {
	return new Promise((resolve) => void setTimeout(() => resolve(undefined), LIMIT_MS).unref());
}

async function answered(ws: WebSocket): Promise<void> {
	for (let turn = 0; turn < 5; turn++) {
		const pong = new Promise((resolve) => ws.once('pong', resolve));
		ws.ping();
		await pong;
	}
}

/** An awareness frame of somebody else's clientID. */
function shown(clientId: number): Uint8Array {
	const states = encoding.createEncoder();
	for (const number of [1, clientId, 2 ** 20]) encoding.writeVarUint(states, number);
	encoding.writeVarString(states, JSON.stringify({ user: { name: 'En annen' }, cursor: null }));
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE.awareness);
	encoding.writeVarUint8Array(encoder, encoding.toUint8Array(states));
	return encoding.toUint8Array(encoder);
}

/** An update that writes a paragraph under a clientID, after what a document already has of it. */
export function forged(doc: Y.Doc, clientId: number, text: string): Uint8Array {
	const own = new Y.Doc({ gc: false });
	Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
	const before = Y.encodeStateVector(own);
	own.clientID = clientId;
	own.transact(() => {
		const paragraph = new Y.XmlElement('paragraph');
		own.getXmlFragment('referat').push([paragraph]);
		paragraph.push([new Y.XmlText(text)]);
	});
	return Y.encodeStateAsUpdate(own, before);
}
