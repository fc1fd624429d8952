import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setSecurityHeaders } from './headers.ts';
import { limitSilence, refusedBody } from './limits.ts';
import { createUpgradeForwarder } from './upgrade.ts';

/** What adapter-node's build exports: serves files and pages, and calls `next` for what it does not know. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

export interface WebServer {
	server: Server;
	/** Takes no new connections, finishes the requests under way (8 s at most), ends the forwarded websockets. */
	close(): Promise<void>;
}

/** How long requests under way may take after the signal to stop; the whole process has 10 s. */
const drainMs = 8_000;

/** The HTTP server around the built application: liveness, websocket forwarding and time-outs. */
export function createWebServer(options: {
	handler: Handler;
	origin: string;
	ws: { host: string; port: number };
}): WebServer {
	const https = options.origin.startsWith('https://');
	const upgrades = createUpgradeForwarder(options.ws);
	let closing = false;

	const server = createServer((request, response) => {
		setSecurityHeaders(response, https);
		// A connection that is kept alive would hold up the closing long after its last request.
		response.once('close', () => closing && setImmediate(() => server.closeIdleConnections()));
		if (request.url === '/livez') return answer(response, 200, 'ok');
		const refused = refusedBody(request);
		if (refused !== undefined) return answer(response, refused, STATUS_CODES[refused] ?? '');
		limitSilence(request);
		options.handler(request, response, () => answer(response, 404, 'Not found'));
	});
	server.on('upgrade', upgrades.handle);
	// Longer than the idle time of common proxies, so that they and not we end a connection they may be about to use.
	server.keepAliveTimeout = 65_000;
	server.headersTimeout = 66_000;
	// The largest file over a slow line.
	server.requestTimeout = 600_000;

	const close = (): Promise<void> =>
		new Promise((resolve) => {
			closing = true;
			const late = setTimeout(() => server.closeAllConnections(), drainMs);
			server.close(() => {
				clearTimeout(late);
				resolve();
			});
			server.closeIdleConnections();
			upgrades.closeAll();
		});

	return { server, close };
}

function answer(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
	response.end(`${text}\n`);
}
