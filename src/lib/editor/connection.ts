import type { Decoder } from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import { encodeLagre, MESSAGE, readOurs, type DocState } from '#lib/collab/messages.ts';
import { keepUndoInOrder } from '#lib/collab/undo-order.ts';
import { awarenessUser, type Person } from './presence.ts';
import type { Mark } from './saved-state.ts';

export interface ConnectionEvents {
	/** The document is here, whole; what was written before this has been sent. */
	synced: () => void;
	/** The socket is gone; another one is tried unless `closed` follows. */
	disconnected: () => void;
	/** The server has said no for good, with a code of `close-codes.ts`. */
	closed: (code: number) => void;
	lagret: (v: number, at: number) => void;
	tilstand: (state: DocState) => void;
	/** Something was written on this device. */
	written: (mark: Mark) => void;
	presence: () => void;
}

export interface ConnectionTarget {
	/** `wss://host/samarbeid` */
	url: string;
	samtaleId: string;
	epoke: number;
	meg: Person;
}

/** Silence after which a socket that should speak every 10 s (PROTOCOL.md) is not believed any more. Milliseconds. */
const SILENCE_MS = 12_000;

/** Where samtaler are written together, beside the page. Browser only. */
export function samarbeidUrl(): string {
	const { protocol, host } = window.location;
	return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/samarbeid`;
}

/**
 * One Y.Doc with its stock provider. It lives until the server refuses something in it; the page then makes a new one with
 * a new clientID (collab.md, «After a refusal»).
 */
export class Connection {
	/** Deleted text is kept, as on the server, so that the size measured here is the size judged there. */
	readonly doc = new Y.Doc({ gc: false });
	readonly awareness: Awareness;
	readonly #provider: WebsocketProvider;
	readonly #events: ConnectionEvents;
	#changes = 0;

	constructor({ url, samtaleId, epoke, meg }: ConnectionTarget, events: ConnectionEvents) {
		this.#events = events;
		// Before anything is written: what Yjs would bring back out of order the server refuses.
		keepUndoInOrder();
		this.#provider = new WebsocketProvider(url, samtaleId, this.doc, {
			connect: false,
			disableBc: true,
			params: { lagret: '1', epoke: String(epoke), skjema: SCHEMA_FINGERPRINT }
		});
		this.awareness = this.#provider.awareness;
		this.awareness.setLocalStateField('user', awarenessUser(meg));
		this.#provider.messageHandlers[MESSAGE.ours] = (_encoder, decoder) => this.#read(decoder);
		this.#provider.on('sync', (synced) => synced && events.synced());
		this.#provider.on('connection-close', () => events.disconnected());
		this.#provider.on('closed', ({ code }) => events.closed(code));
		this.awareness.on('change', events.presence);
		this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
			if (origin === this.#provider) return;
			events.written({ changes: ++this.#changes, clock: Y.getState(this.doc.store, this.doc.clientID) });
		});
	}

	get isSynced(): boolean {
		return this.#provider.synced;
	}

	connect(): void {
		this.#provider.connect();
	}

	/** Sends LAGRE(v) behind everything that was written so far. */
	askSaved(v: number): void {
		this.#provider.ws?.send(new Uint8Array(encodeLagre(v)));
	}

	/** After sleep, a change of network, or long silence: tries at once instead of waiting for the next attempt. */
	wakeUp(now: number): void {
		if (!this.#provider.shouldConnect) return;
		if (this.#provider.wsconnected && now - this.#provider.wsLastMessageReceived > SILENCE_MS) this.dropSocket();
		this.#provider.connect();
	}

	/** The device has lost its network: a socket that looks open would only keep words that are not saved. */
	dropSocket(): void {
		if (!this.#provider.shouldConnect) return;
		this.#provider.disconnect();
		this.#provider.connect();
	}

	/**
	 * Does an edit that may be larger than one update may be (taking back a large deletion). It is made as if offline, so that
	 * it travels in the answer to SyncStep1, which may be larger.
	 */
	writeMuch(edit: () => void): void {
		this.#provider.disconnect();
		edit();
		this.#provider.connect();
	}

	/** Stops the provider; the Y.Doc can still be read. */
	detach(): void {
		this.awareness.off('change', this.#events.presence);
		this.#provider.destroy();
	}

	destroy(): void {
		this.detach();
		this.awareness.destroy();
		this.doc.destroy();
	}

	#read(decoder: Decoder): void {
		const message = readOurs(decoder);
		if (message?.kind === 'lagret') this.#events.lagret(message.v, message.at);
		if (message?.kind === 'tilstand') this.#events.tilstand(message.state);
	}
}
