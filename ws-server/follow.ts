import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { HINT_CHANNEL, type Hint } from '#lib/server/db/hints.ts';
import { connectionOptions, isUnavailable } from '#lib/server/db/pool.ts';
import type { Logger } from '#lib/server/log.ts';
import { lapseClosing, listCollabHeads } from '#lib/server/queries/collab.ts';
import { listGyldigeOkter } from '#lib/server/queries/okt.ts';
import type { Connection } from './connection.ts';
import { POLL_MS } from './limits.ts';
import type { Rooms } from './rooms.ts';
import type { Store } from './store.ts';

const RECONNECT_MS = 500;

/**
 * Follows what others change: NOTIFY hints at once, a poll of the open documents and sessions as the truth behind them. So an
 * access change or a log-out closes sockets within a second with the hints, and within a few without (T03).
 */
export class Follower {
	private readonly stopped = new AbortController();
	private polling: Promise<void> | undefined;
	private again = false;
	private client: pg.Client | undefined;
	private readonly deps: {
		store: Store;
		rooms: Rooms;
		connections: Set<Connection>;
		databaseUrl: string;
		log: Logger;
		clock: () => Date;
	};

	constructor(deps: Follower['deps']) {
		this.deps = deps;
	}

	start(): void {
		void this.listen();
		void this.pollForever();
	}

	async stop(): Promise<void> {
		this.stopped.abort();
		await this.client?.end().catch(() => undefined);
		await this.polling;
	}

	/** One look at the truth; a second one asked for meanwhile follows it. */
	poll(): Promise<void> {
		this.again = true;
		this.polling ??= this.pollWhileAsked().finally(() => {
			this.polling = undefined;
		});
		return this.polling;
	}

	private async pollWhileAsked(): Promise<void> {
		while (this.again && !this.stopped.signal.aborted) {
			this.again = false;
			await this.pollOnce().catch((error: unknown) => {
				if (isUnavailable(error)) this.deps.log.debug({ err: error }, 'poll: database away');
				else this.deps.log.error({ err: error }, 'poll failed');
			});
		}
	}

	private async pollOnce(): Promise<void> {
		const { store, rooms, connections, clock } = this.deps;
		const hashes = [...new Set([...connections].map((conn) => conn.rights.okt.hash))];
		const gyldige = await listGyldigeOkter(store.db, hashes, clock());
		for (const conn of connections) {
			const { hash } = conn.rights.okt;
			if (hashes.includes(hash) && !gyldige.has(hash)) conn.close(CLOSE.sessionEnded);
		}
		// A finalizing that nobody confirmed in time ends here, or in the worker when no server runs.
		if (rooms.all().some((room) => room.head?.state === 'closing')) await lapseClosing(store.db, clock());
		const truths = await listCollabHeads(
			store.db,
			rooms.all().map((room) => room.id)
		);
		await Promise.all(truths.map((truth) => rooms.get(truth.id)?.follow(truth)));
		await rooms.sweep(clock().getTime());
	}

	private async pollForever(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			await this.poll();
			await sleep(POLL_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
	}

	private async listen(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			const client = new pg.Client(connectionOptions(this.deps.databaseUrl, 'lisk_ws'));
			const ended = new Promise<void>((resolve) => {
				// Stays: a session that PostgreSQL ends tells of it more than once, and an error that nobody hears ends the process.
				client.on('error', () => resolve());
				client.once('end', () => resolve());
			});
			try {
				await client.connect();
				client.on('notification', ({ payload }) => this.hint(payload ?? ''));
				await client.query(`listen ${HINT_CHANNEL}`);
				this.client = client;
				// What was hinted while nobody listened.
				void this.poll();
				await ended;
			} catch (error) {
				this.deps.log.debug({ err: error }, 'listen: database away');
			}
			await client.end().catch(() => undefined);
			await sleep(RECONNECT_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
	}

	private hint(payload: string): void {
		const hint = JSON.parse(payload) as Hint;
		if ('okt' in hint) {
			for (const conn of this.deps.connections) if (conn.rights.okt.id === hint.okt) conn.close(CLOSE.sessionEnded);
		} else if (hint.docs.some((id) => this.deps.rooms.get(id))) {
			void this.poll();
		}
	}
}
