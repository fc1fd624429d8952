import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import WebSocket from 'ws';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { encodeLagre, MESSAGE, readOurs } from '#lib/collab/messages.ts';

/** `relay`: no server answers, the other editor does. `hocuspocus`: every frame carries the document's name, and a token comes first. */
export type Dialect = 'y' | 'relay' | 'hocuspocus';

export type Seat = { url: string; headers: Record<string, string> };

const SYNC = MESSAGE.sync;
const HOCUSPOCUS_AUTH = 2;
/** A paragraph of a referat. Characters. */
const PARAGRAPH = 300;

/**
 * One who types: a Y.Doc and a bare socket that speaks y-websocket's protocol and nothing else, so that the generator costs little beside the server. What it writes is
 * what the editor of the portal writes: paragraphs with text.
 */
export class Editor {
	readonly doc = new Y.Doc({ gc: false });
	/** When each key was pressed, by its clock in the state vector. Milliseconds. */
	readonly pressed = new Map<number, number>();
	/** Called when the other one's state vector has come this far. */
	onSeen: (clock: number, at: number) => void = () => undefined;
	/** Whether it tells with each key where its cursor is, as every editor does. */
	tellsCursor = false;
	private told = 0;
	/** When the last message about the document came, before it was taken in. Milliseconds. */
	arrived = 0;
	onLagret: (v: number, at: number) => void = () => undefined;
	other!: Editor;
	private readonly ws: WebSocket;
	private readonly dialect: Dialect;
	private readonly name: string;
	private text: Y.XmlText | undefined;
	private resolveSynced!: () => void;
	readonly opened: Promise<unknown>;
	readonly synced = new Promise<void>((resolve) => (this.resolveSynced = resolve));

	constructor(name: string, seat: Seat, dialect: Dialect) {
		this.name = name;
		this.dialect = dialect;
		this.ws = new WebSocket(seat.url, { headers: seat.headers, perMessageDeflate: false });
		this.opened = new Promise((resolve, reject) => {
			this.ws.once('open', resolve);
			this.ws.once('error', reject);
			this.ws.once('close', (code) => reject(new Error(`closed with ${code}`)));
		});
		this.ws.on('message', (data: Buffer) => this.read(data));
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this) this.send(SYNC, (to) => syncProtocol.writeUpdate(to, update));
		});
	}

	/** Asks for what is there; when everybody is connected. */
	begin(): void {
		if (this.dialect === 'hocuspocus')
			this.send(HOCUSPOCUS_AUTH, (to) => {
				encoding.writeVarUint(to, 0);
				encoding.writeVarString(to, 'token');
			});
		this.send(SYNC, (to) => syncProtocol.writeSyncStep1(to, this.doc));
	}

	/** Presses one key; returns its clock. */
	type(letter: string, now: number): number {
		this.doc.transact(() => {
			if (!this.text || this.text.length >= PARAGRAPH) {
				const paragraph = new Y.XmlElement('paragraph');
				this.text = new Y.XmlText();
				// Into the document first: Yjs types outside one cannot be read, and say so on the console.
				this.doc.getXmlFragment('referat').push([paragraph]);
				paragraph.push([this.text]);
			}
			this.text.insert(this.text.length, letter);
		});
		const clock = Y.getState(this.doc.store, this.doc.clientID);
		this.pressed.set(clock, now);
		if (this.tellsCursor) this.tellCursor(clock - 1);
		return clock;
	}

	/** Where the cursor stands now, as y-prosemirror tells it. */
	private tellCursor(clock: number): void {
		const at = { type: this.text?._item?.id, tname: null, item: { client: this.doc.clientID, clock }, assoc: 0 };
		const state = { user: { name: 'Kari Nordmann', color: '#0b5fa5' }, cursor: { anchor: at, head: at } };
		const entry = encoding.createEncoder();
		encoding.writeVarUint(entry, 1);
		encoding.writeVarUint(entry, this.doc.clientID);
		encoding.writeVarUint(entry, (this.told += 1));
		encoding.writeVarString(entry, JSON.stringify(state));
		this.send(MESSAGE.awareness, (to) => encoding.writeVarUint8Array(to, encoding.toUint8Array(entry)));
	}

	askSaved(v: number): void {
		this.ws.send(encodeLagre(v));
	}

	close(): void {
		this.ws.removeAllListeners();
		this.ws.on('error', () => undefined);
		this.ws.terminate();
	}

	private read(data: Buffer): void {
		const decoder = decoding.createDecoder(data);
		if (this.dialect === 'hocuspocus') decoding.readVarString(decoder);
		const kind = decoding.readVarUint(decoder);
		if (kind === MESSAGE.ours) {
			const message = readOurs(decoder);
			if (message?.kind === 'lagret') this.onLagret(message.v, performance.now());
		}
		if (kind !== SYNC) return;
		this.arrived = performance.now();
		const answer = encoding.createEncoder();
		const step = syncProtocol.readSyncMessage(decoder, answer, this.doc, this);
		if (step === syncProtocol.messageYjsSyncStep1)
			this.send(SYNC, (to) => encoding.writeUint8Array(to, encoding.toUint8Array(answer)));
		if (step === syncProtocol.messageYjsSyncStep2) this.resolveSynced();
		this.onSeen(Y.getState(this.doc.store, this.other.doc.clientID), performance.now());
	}

	private send(kind: number, write: (to: encoding.Encoder) => void): void {
		const to = encoding.createEncoder();
		if (this.dialect === 'hocuspocus') encoding.writeVarString(to, this.name);
		encoding.writeVarUint(to, kind);
		write(to);
		this.ws.send(encoding.toUint8Array(to));
	}
}
