import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a process and PostgreSQL, to lose what a network may lose: an answer, a connection, the whole way. */
export interface PgProxy {
	/** The database's address by way of the proxy. */
	readonly url: string;
	/** From now on no answer comes through, until `cut`. */
	holdAnswers(): void;
	/** Loses NOTIFY hints on their way, and nothing else, until `hear`. */
	lose(): void;
	hear(): void;
	/** Breaks every connection. What PostgreSQL was doing for them, it goes on with until it notices. */
	cut(): void;
	/** Breaks every connection and lets none come. */
	down(): void;
	up(): void;
	stop(): Promise<void>;
}

/** The first byte of a NotificationResponse. A connection that only listens is sent nothing else once it has begun. */
const NOTIFICATION = 0x41;

/** Starts a proxy for the database at `url`. */
export async function startPgProxy(url: string): Promise<PgProxy> {
	const target = new URL(url);
	const sockets = new Set<Socket>();
	let holding = false;
	let isDown = false;
	let losing = false;
	const server = createServer((client) => {
		if (isDown) return void client.destroy();
		const database = connect(Number(target.port), target.hostname);
		for (const [one, other] of [
			[client, database],
			[database, client]
		] as const) {
			sockets.add(one);
			one.setNoDelay(true);
			one.on('error', () => undefined);
			one.on('close', () => {
				sockets.delete(one);
				other.destroy();
			});
		}
		client.on('data', (bytes) => database.write(bytes));
		database.on('data', (bytes) => {
			if (!holding && !(losing && bytes[0] === NOTIFICATION)) client.write(bytes);
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = new URL(url);
	address.port = String((server.address() as AddressInfo).port);
	const cut = (): void => {
		for (const socket of sockets) socket.destroy();
		holding = false;
	};
	return {
		url: address.href,
		holdAnswers: () => (holding = true),
		lose: () => (losing = true),
		hear: () => (losing = false),
		cut,
		down() {
			isDown = true;
			cut();
		},
		up: () => (isDown = false),
		async stop() {
			cut();
			server.close();
			await once(server, 'close');
		}
	};
}
