import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Stands between a process and PostgreSQL, to lose what a network may lose: an answer, a connection, the whole way. */
export interface PgProxy {
	/** The database's address by way of the proxy. */
	readonly url: string;
	/** From now on no answer comes through, until `cut`, or `resume` for those that come later. */
	holdAnswers(): void;
	resume(): void;
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

/** The first byte of a NotificationResponse. */
const NOTIFICATION = 0x41;
/** Before each message that PostgreSQL sends: its kind, and its length with that of these four bytes. */
const HEAD_BYTES = 5;

/** Cuts what PostgreSQL sends into its messages: one may come in several pieces, and several in one. */
function wholeMessages(): (bytes: Buffer) => Buffer[] {
	let rest = Buffer.alloc(0);
	return (bytes) => {
		rest = Buffer.concat([rest, bytes]);
		const whole: Buffer[] = [];
		while (rest.length >= HEAD_BYTES) {
			const length = 1 + rest.readInt32BE(1);
			if (rest.length < length) break;
			whole.push(rest.subarray(0, length));
			rest = rest.subarray(length);
		}
		return whole;
	};
}

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
		const messages = wholeMessages();
		database.on('data', (bytes) => {
			const passing = messages(bytes).filter((message) => !(losing && message[0] === NOTIFICATION));
			if (!holding && passing.length > 0) client.write(Buffer.concat(passing));
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
		resume: () => (holding = false),
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
