import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const prefix = '/samarbeid/';
const connectTimeoutMs = 5_000;

/** Hands websocket upgrades on to the ws-server, and can end the ones that are open. */
export interface UpgradeForwarder {
	handle(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Closes every forwarded connection; the clients come again by themselves. */
	closeAll(): void;
}

/**
 * The built-in proxy for `/samarbeid/…` (architecture.md, «Processes»): bytes are passed on as they come, headers in
 * their order and spelling, Origin and Cookie among them; the ws-server decides everything. Other paths get 404, and 502
 * is the answer while the ws-server is away (y-websocket then tries again).
 * Give it the address of the ws-server.
 */
export function createUpgradeForwarder({ host, port }: { host: string; port: number }): UpgradeForwarder {
	const open = new Set<Duplex>();

	const handle = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
		// Without a listener a reset by the browser would be an uncaught exception.
		socket.on('error', () => socket.destroy());
		if (!request.url?.startsWith(prefix)) return refuse(socket, '404 Not Found');

		const target: Socket = connect({ port, host, noDelay: true });
		target.setTimeout(connectTimeoutMs, () => target.destroy(new Error('no connection in time')));
		let connected = false;
		target.once('connect', () => {
			connected = true;
			target.setTimeout(0);
			target.setKeepAlive(true, 30_000);
			target.write(requestHead(request));
			if (head.length > 0) target.write(head);
			target.pipe(socket);
			socket.pipe(target);
		});
		target.on('error', () => {
			if (connected) socket.destroy();
			else refuse(socket, '502 Bad Gateway');
		});
		target.once('close', () => socket.end());
		socket.once('close', () => {
			open.delete(socket);
			target.destroy();
		});
		open.add(socket);
	};

	return {
		handle,
		closeAll: () => {
			for (const socket of open) socket.destroy();
		}
	};
}

function requestHead(request: IncomingMessage): string {
	const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
	for (let i = 0; i < request.rawHeaders.length; i += 2) {
		lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
	}
	return `${lines.join('\r\n')}\r\n\r\n`;
}

function refuse(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
