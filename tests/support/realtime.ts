import type { ClientRequest } from 'node:http';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { pino } from 'pino';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as syncProtocol from 'y-protocols/sync';
import * as Y from 'yjs';
import { encodeLagre, MESSAGE, readOurs } from '#lib/collab/messages.ts';
import type { RootName } from '#lib/collab/schema.ts';
import { createLogger } from '#lib/server/log.ts';
import { openRecord } from '../../scripts/lib/records.ts';
import { runWsServer, type WsServer } from '../../ws-server/run.ts';

export const ORIGIN = 'http://portal.test';

/** Silent unless a test is being looked into with LOG_LEVEL, or the whole run's logs are kept. */
export const log =
	process.env['TEST_RECORDS'] === undefined
		? pino({ level: process.env['LOG_LEVEL'] ?? 'silent' })
		: createLogger('ws-server', 'info', openRecord('log', 'ws-server'));

/** A ws-server in this process, on a free port. */
export function startWsServer(databaseUrl: string, port = 0): Promise<WsServer> {
	return runWsServer({ databaseUrl, origin: ORIGIN, port, host: '127.0.0.1', cookieName: 'okt', log });
}

/** A WebSocket class that brings the session cookie and Origin, as a browser would. */
export function socketClass(token: string | undefined, origin: string | undefined = ORIGIN) {
	return class extends WebSocket {
		constructor(address: string | URL, protocols?: string | string[]) {
			super(address, protocols, {
				headers: { ...(origin ? { origin } : {}), ...(token ? { cookie: `okt=${token}` } : {}) }
			});
		}
	};
}

/** A stock y-websocket client in Node. */
export class Client {
	readonly doc: Y.Doc;
	readonly provider: WebsocketProvider;
	/** Highest LAGRET seen. */
	saved = 0;
	private sent = 0;

	constructor(
		port: number,
		docId: string,
		token: string | undefined,
		options: { doc?: Y.Doc; params?: Record<string, string>; connect?: boolean } = {}
	) {
		this.doc = options.doc ?? new Y.Doc();
		this.provider = new WebsocketProvider(`ws://127.0.0.1:${port}/samarbeid`, docId, this.doc, {
			WebSocketPolyfill: socketClass(token) as never,
			disableBc: true,
			params: options.params ?? {},
			connect: options.connect ?? true,
			maxBackoffTime: 200
		});
		this.provider.messageHandlers[MESSAGE.ours] = (_encoder, decoder) => {
			const message = readOurs(decoder);
			if (message?.kind === 'lagret') this.saved = Math.max(this.saved, message.v);
		};
	}

	synced(): Promise<void> {
		return until(() => this.provider.synced);
	}

	/** The code with which the server closed this client for good. */
	closed(): Promise<number> {
		return new Promise((resolve) => this.provider.on('closed', ({ code }) => resolve(code)));
	}

	/** Asks for LAGRET, anew when the socket breaks, and resolves when all that was written before is committed. */
	async committed(): Promise<void> {
		const v = ++this.sent;
		const lagre = Uint8Array.from(encodeLagre(v));
		let asked = this.provider.ws;
		asked?.send(lagre);
		await until(() => {
			const { ws, synced } = this.provider;
			if (synced && ws && ws !== asked) {
				asked = ws;
				ws.send(lagre);
			}
			return this.saved >= v;
		});
	}

	/** Takes in what another tab of the same browser has, as y-websocket does over a BroadcastChannel: nothing of it is sent. */
	receive(update: Uint8Array): void {
		Y.applyUpdate(this.doc, update, this.provider);
	}

	destroy(): void {
		this.provider.destroy();
		this.provider.awareness.destroy();
		this.doc.destroy();
	}

	fragment(part: RootName = 'referat'): Y.XmlFragment {
		return this.doc.getXmlFragment(part);
	}

	text(part: RootName = 'referat'): string {
		return this.fragment(part).toString();
	}

	/** Adds a paragraph with this text at the end. */
	write(text: string, part: RootName = 'referat'): Y.XmlText {
		const ytext = new Y.XmlText();
		this.doc.transact(() => {
			const paragraph = new Y.XmlElement('paragraph');
			this.fragment(part).push([paragraph]);
			paragraph.push([ytext]);
			ytext.insert(0, text);
		});
		return ytext;
	}

	/** The first text of a part. */
	firstText(part: RootName = 'referat'): Y.XmlText {
		const paragraph = this.fragment(part).get(0) as Y.XmlElement;
		return paragraph.get(0) as Y.XmlText;
	}
}

/** A bare socket: sends what it is told and keeps what comes. */
export class RawClient {
	readonly ws: WebSocket;
	readonly frames: Uint8Array[] = [];
	readonly closed: Promise<number>;

	private constructor(ws: WebSocket) {
		this.ws = ws;
		ws.on('message', (data: Buffer) => this.frames.push(new Uint8Array(data)));
		this.closed = new Promise((resolve) => ws.on('close', (code) => resolve(code)));
		ws.on('error', () => undefined);
	}

	static async open(
		port: number,
		path: string,
		token: string | undefined,
		origin: string | undefined = ORIGIN
	): Promise<RawClient> {
		const Socket = socketClass(token, origin);
		return RawClient.opened(new Socket(`ws://127.0.0.1:${port}/samarbeid/${path}`));
	}

	/** Nobody, who asks for whatever stands in the first line of the request. */
	static at(port: number, address: string): Promise<RawClient> {
		const finishRequest = (request: ClientRequest) => {
			request.path = address;
			request.end();
		};
		return RawClient.opened(new WebSocket(`ws://127.0.0.1:${port}`, { origin: ORIGIN, finishRequest }));
	}

	private static async opened(ws: WebSocket): Promise<RawClient> {
		const client = new RawClient(ws);
		await new Promise((resolve, reject) => {
			client.ws.once('open', resolve);
			client.ws.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
		});
		return client;
	}

	/** Sends a sync message: 0 SyncStep1, 1 SyncStep2, 2 Update. */
	sync(kind: 0 | 1 | 2, payload: Uint8Array): void {
		const encoder = encoding.createEncoder();
		encoding.writeVarUint(encoder, MESSAGE.sync);
		encoding.writeVarUint(encoder, kind);
		encoding.writeVarUint8Array(encoder, payload);
		this.ws.send(encoding.toUint8Array(encoder));
	}

	/** The updates that came (SyncStep2 and Update), in order. */
	updates(): Uint8Array[] {
		return this.frames.flatMap((frame) => {
			const decoder = decoding.createDecoder(frame);
			if (decoding.readVarUint(decoder) !== MESSAGE.sync) return [];
			return decoding.readVarUint(decoder) === syncProtocol.messageYjsSyncStep1
				? []
				: [decoding.readVarUint8Array(decoder)];
		});
	}
}

/** Waits until the condition holds; the test's own time limit ends the wait. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 5));
}
