import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { LIMITS } from '#lib/collab/limits.ts';
import { isUnavailable } from '#lib/server/db/pool.ts';
import type { Logger } from '#lib/server/log.ts';
import { admit, noteOpened, parseHandshake } from './admit.ts';
import { Budgets } from './budget.ts';
import { Connection } from './connection.ts';
import { BEATS_IN_A_ROUND, DEAD_AFTER_MS, HEARTBEAT_MS, UNDECIDED_BYTES } from './limits.ts';
import { receive } from './receive.ts';
import type { Rooms } from './rooms.ts';
import type { Store } from './store.ts';
import * as wire from './wire.ts';

const TOO_BIG_FOR_WS = 1009;

/** ws closes an over-long frame with 1009, which stock clients try again for ever; here it is final (incident «oversized offline edit»). */
class Socket extends WebSocket {
	override close(code?: number, data?: string | Buffer): void {
		super.close(code === TOO_BIG_FOR_WS ? CLOSE.tooLarge : code, data);
	}
}

export type Sockets = {
	http: Server;
	/** Every connection that has been let in. */
	connections: Set<Connection>;
	/** Takes no more connections. */
	stop: () => void;
};

export type SocketDeps = {
	store: Store;
	rooms: Rooms;
	log: Logger;
	clock: () => Date;
	origin: string;
	cookieName: string;
	/** Answers /livez and /readyz. */
	health: (path: string) => Promise<{ status: number; body: unknown }>;
};

/** The listening part: upgrade, admission, heartbeat. */
export function createSockets(deps: SocketDeps): Sockets {
	const { rooms, log, clock } = deps;
	const connections = new Set<Connection>();
	const budgets = new Budgets();
	const wss = new WebSocketServer({
		noServer: true,
		maxPayload: LIMITS.frameBytes,
		perMessageDeflate: false,
		WebSocket: Socket,
		clientTracking: false
	});
	const http = createServer((request, response) => {
		void deps.health(request.url ?? '/').then(({ status, body }) => {
			response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
			response.end(JSON.stringify(body));
		});
	});
	let stopping = false;

	http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		socket.on('error', () => socket.destroy());
		if (request.headers.origin !== deps.origin) return refuseUpgrade(socket, '403 Forbidden');
		if (stopping) return refuseUpgrade(socket, '503 Service Unavailable');
		wss.handleUpgrade(request, socket, head, (ws) => void accept(ws, request));
	});

	/** Sockets of which it is not decided yet whether they are let in. */
	const waiting = new Set<WebSocket>();

	async function accept(ws: WebSocket, request: IncomingMessage): Promise<void> {
		waiting.add(ws);
		const early = new EarlyMessages(ws);
		ws.on('error', (error) => log.info({ err: error }, 'socket error'));
		const handshake = parseHandshake(request.url ?? '/');
		try {
			const admission = await admit(deps.store.db, handshake, cookieOf(request, deps.cookieName), clock());
			if (!admission.ok) return ws.close(admission.code);
			const conn = new Connection(
				{ ws, socket: request.socket },
				budgets.of(admission.rights.actor.brukerId, performance.now()),
				handshake,
				admission.rights,
				clock().getTime()
			);
			// Is built from the log while it is noted who opens it.
			rooms.open(handshake.docId, admission.rights.epoch);
			await noteOpened(deps.store.db, handshake.docId, admission.rights.actor, clock());
			if (ws.readyState === ws.OPEN) letIn(ws, conn, early);
		} catch (error) {
			if (stopping) return;
			// Nothing is known of the session: try again, but nobody is logged out.
			if (isUnavailable(error)) log.warn({ err: error }, 'database away');
			else log.error({ err: error, docId: handshake.docId }, 'admission failed');
			ws.close(CLOSE.tryAgain);
		} finally {
			waiting.delete(ws);
		}
	}

	function letIn(ws: WebSocket, conn: Connection, early: EarlyMessages): void {
		const room = rooms.open(conn.handshake.docId, conn.rights.epoch);
		connections.add(conn);
		ws.on('pong', () => {
			conn.lastSeen = clock().getTime();
		});
		ws.on('close', () => {
			conn.closed = true;
			connections.delete(conn);
			room.audience.remove(conn);
		});
		room.join(conn);
		early.release((bytes) => {
			conn.lastSeen = clock().getTime();
			receive(deps.store, log, room, conn, bytes);
		});
	}

	/** Some of the connections at a time: thousands of frames at once would keep those who type waiting. */
	let beats = 0;
	const heartbeat = setInterval(() => {
		const now = clock().getTime();
		const frame = wire.awareness([]);
		beats += 1;
		for (const conn of connections) {
			if (conn.number % BEATS_IN_A_ROUND !== beats % BEATS_IN_A_ROUND) continue;
			if (now - conn.lastSeen > DEAD_AFTER_MS) conn.terminate();
			else conn.beat(frame);
		}
		if (beats % BEATS_IN_A_ROUND === 0) budgets.sweep(performance.now());
	}, HEARTBEAT_MS / BEATS_IN_A_ROUND);

	return {
		http,
		connections,
		stop() {
			stopping = true;
			// They would come in after those who are here have been told, or fall with the process.
			for (const ws of waiting) ws.close(CLOSE.restart);
			clearInterval(heartbeat);
			http.close();
		}
	};
}

/** Keeps what a client sends before it is let in, within a bound. */
class EarlyMessages {
	private readonly ws: WebSocket;
	private kept: Uint8Array[] = [];
	private size = 0;
	private take: (bytes: Uint8Array) => void;

	constructor(ws: WebSocket) {
		this.ws = ws;
		this.take = (bytes) => this.keep(bytes);
		ws.on('message', (data: RawData, isBinary: boolean) => {
			// Text frames are not of this protocol.
			this.take(isBinary ? (data as Buffer) : new Uint8Array());
		});
	}

	release(to: (bytes: Uint8Array) => void): void {
		for (const bytes of this.kept) to(bytes);
		this.kept = [];
		this.take = to;
	}

	private keep(bytes: Uint8Array): void {
		this.size += bytes.length;
		if (this.size > UNDECIDED_BYTES) this.ws.close(CLOSE.tooLarge);
		else this.kept.push(bytes);
	}
}

function refuseUpgrade(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** The value of one cookie; a malformed header holds none. */
function cookieOf(request: IncomingMessage, name: string): string | undefined {
	for (const pair of (request.headers.cookie ?? '').split(';')) {
		const [key, ...value] = pair.trim().split('=');
		if (key === name) return value.join('=') || undefined;
	}
	return undefined;
}
