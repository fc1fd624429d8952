import { once } from 'node:events';
import { createServer, get, request as post, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createWebServer, type WebServer } from './server.ts';

let wsServer: Server;
let echo: WebSocketServer;
let web: WebServer;
let upgraded: IncomingMessage | undefined;
let release: (() => void) | undefined;

function portOf(server: Server): number {
	return (server.address() as AddressInfo).port;
}

beforeEach(async () => {
	wsServer = createServer().listen(0, '127.0.0.1');
	await once(wsServer, 'listening');
	echo = new WebSocketServer({ server: wsServer });
	echo.on('connection', (socket, request) => {
		upgraded = request;
		socket.on('message', (data) => socket.send(data));
	});
	web = createWebServer({
		origin: 'https://lis.test',
		ws: { host: '127.0.0.1', port: portOf(wsServer) },
		handler: (request, response, next) => {
			if (request.url !== '/slow') return next();
			release = () => response.end('done');
		}
	});
	web.server.listen(0, '127.0.0.1');
	await once(web.server, 'listening');
});

afterEach(async () => {
	release?.();
	for (const client of echo.clients) client.terminate();
	wsServer.close();
	await web.close();
});

function open(path: string): WebSocket {
	return new WebSocket(`ws://127.0.0.1:${portOf(web.server)}${path}`, {
		headers: { Origin: 'https://lis.test', Cookie: 'a=b' }
	});
}

async function request(path: string): Promise<IncomingMessage> {
	const [response] = (await once(get({ port: portOf(web.server), path }), 'response')) as [IncomingMessage];
	return response;
}

test('/livez answers, and every response carries the security headers', async () => {
	for (const [path, status] of [
		['/livez', 200],
		['/unknown', 404]
	] as const) {
		const response = await request(path);
		response.resume();
		expect(response.statusCode).toBe(status);
		expect(response.headers).toMatchObject({
			'x-content-type-options': 'nosniff',
			'referrer-policy': 'same-origin',
			'strict-transport-security': expect.stringContaining('max-age')
		});
	}
});

test('a body that is longer than a form is let in where files are sent, and nowhere else', async () => {
	const send = async (path: string, headers: Record<string, string>): Promise<number | undefined> => {
		const asked = post({ port: portOf(web.server), path, method: 'POST', headers });
		asked.on('error', () => undefined);
		asked.flushHeaders();
		const [response] = (await once(asked, 'response')) as [IncomingMessage];
		asked.destroy();
		return response.statusCode;
	};
	const upload = '/veiledning/x/filer/last-opp';
	expect(await send('/unknown', { 'Content-Length': '524288' })).toBe(404);
	expect(await send('/unknown', { 'Content-Length': '524289' })).toBe(413);
	expect(await send('/unknown', { 'Transfer-Encoding': 'chunked' })).toBe(411);
	expect(await send(`${upload}/x`, { 'Content-Length': '524289' })).toBe(413);
	expect(await send(`/x${upload}`, { 'Content-Length': '524289' })).toBe(413);
	expect(await send(upload, { 'Content-Length': '524289' })).toBe(404);
	expect(await send(`${upload}?x`, { 'Transfer-Encoding': 'chunked' })).toBe(404);
});

test('an upgrade under /samarbeid/ reaches the ws-server with its headers, and bytes go both ways', async () => {
	const socket = open('/samarbeid/id?sist=1');
	await once(socket, 'open');
	const large = Buffer.alloc(700_000, 7);
	socket.send(large);
	const [answer] = (await once(socket, 'message')) as [Buffer];
	expect(answer.equals(large)).toBe(true);
	expect(upgraded?.url).toBe('/samarbeid/id?sist=1');
	expect(upgraded?.headers).toMatchObject({ origin: 'https://lis.test', cookie: 'a=b' });
	socket.close();
	await once(socket, 'close');
});

test('another path is refused, and so is any while the ws-server is away', async () => {
	const elsewhere = open('/hjem');
	expect(String((await once(elsewhere, 'error'))[0])).toContain('404');
	wsServer.close();
	await once(wsServer, 'close');
	const away = open('/samarbeid/id');
	expect(String((await once(away, 'error'))[0])).toContain('502');
});

test('the end of the ws-server ends the browser’s socket, and the other way round', async () => {
	const first = open('/samarbeid/id');
	await once(first, 'open');
	for (const client of echo.clients) client.terminate();
	await once(first, 'close');

	const second = open('/samarbeid/id');
	await once(second, 'open');
	const [peer] = echo.clients;
	second.terminate();
	if (peer !== undefined) await once(peer, 'close');
	expect(echo.clients.size).toBe(0);
});

test('a browser that resets during the upgrade harms nobody', async () => {
	const socket = connect(portOf(web.server), '127.0.0.1');
	await once(socket, 'connect');
	socket.write('GET /samarbeid/id HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
	socket.resetAndDestroy();
	expect(await text(await request('/livez'))).toBe('ok\n');
});

test('closing finishes the request under way, ends the sockets, and takes no more', async () => {
	const socket = open('/samarbeid/id');
	await once(socket, 'open');
	const slow = request('/slow');
	await expect.poll(() => release).toBeDefined();
	const socketClosed = once(socket, 'close');
	const closed = web.close();
	await socketClosed;
	release?.();
	expect(await text(await slow)).toBe('done');
	await closed;
	await expect(request('/livez')).rejects.toThrow();
});
