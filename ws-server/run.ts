import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { NODE_CHANNEL, notify } from '#lib/server/db/hints.ts';
import { createDb } from '#lib/server/db/pool.ts';
import type { Watch } from '#lib/server/db/watch.ts';
import type { Logger } from '#lib/server/log.ts';
import { Committer } from './committer.ts';
import { createFollower, createPeerWatch } from './follow.ts';
import { createHealth } from './health.ts';
import { DRAIN_MS } from './limits.ts';
import { PeerNodes } from './peers.ts';
import { Rooms } from './rooms.ts';
import { createSockets } from './server.ts';
import { Store } from './store.ts';

export type WsServerOptions = {
	databaseUrl: string;
	/** The only Origin that is let in. */
	origin: string;
	port: number;
	host: string;
	cookieName: string;
	log: Logger;
	clock?: () => Date;
};

export type WsServer = { port: number; rooms: Rooms; stop: () => Promise<void> };

/** Starts a ws-server; `stop` drains it: what was received is committed, sockets are closed with 1012, snapshots are written. */
export async function runWsServer(options: WsServerOptions): Promise<WsServer> {
	const { log, databaseUrl } = options;
	const clock = options.clock ?? (() => new Date());
	const { db, pool } = createDb(databaseUrl, 'lisk_ws', {
		max: 10,
		onError: (error) => log.warn({ err: error }, 'database connection lost')
	});
	const store = new Store(db, log, clock);
	const committer = new Committer(db, log, clock);
	const now = () => clock().getTime();
	const send = (payloads: string[]) => notify(db, NODE_CHANNEL, payloads);
	const peers: PeerNodes = new PeerNodes(
		send,
		() => ({
			ids: () => rooms.ids(),
			get: (id) => rooms.get(id),
			lookAtAll: () => void follower.look()
		}),
		{ log, now }
	);
	const rooms: Rooms = new Rooms({ store, log, peers, wake: committer.wake });
	let stopping = false;
	const sockets = createSockets({ ...options, store, rooms, clock, health: createHealth(db, () => stopping) });
	const follower: Watch = createFollower({ store, rooms, connections: sockets.connections, databaseUrl, log, clock });
	const others = createPeerWatch({ peers, databaseUrl, log });

	sockets.http.listen(options.port, options.host);
	await once(sockets.http, 'listening');
	follower.start();
	others.start();
	const { port } = sockets.http.address() as AddressInfo;
	log.info({ port }, 'ws-server listens');

	async function stop(): Promise<void> {
		stopping = true;
		sockets.stop();
		// Or those who type on would keep it from ever being done.
		for (const conn of sockets.connections) conn.drain();
		const deadline = performance.now() + DRAIN_MS;
		while (rooms.all().some((room) => room.unacknowledged) && performance.now() < deadline) await sleep(10);
		for (const conn of sockets.connections) conn.close(CLOSE.restart);
		await Promise.all([follower.stop(), others.stop()]);
		peers.stop();
		for (const room of rooms.all()) if (performance.now() < deadline) await rooms.snapshot(room);
		store.stop();
		sockets.http.closeAllConnections();
		await Promise.race([pool.end(), sleep(1_000)]);
		log.info('ws-server stopped');
	}

	return { port, rooms, stop };
}
