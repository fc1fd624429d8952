import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../log.ts';
import { connectionOptions, endWhenSilent, isUnavailable, type DbRole } from './pool.ts';

const RECONNECT_MS = 500;
/** How often it is asked whether hints can still come: a connection that only listens notices by nothing else that the way is lost. */
const PING_MS = 20_000;

type Watching = {
	/** What is watched, in the log. */
	name: string;
	databaseUrl: string;
	rolle: DbRole;
	channel: string;
	/** What a lost hint costs at most. */
	pollMs: number;
	/** Default 20 s, and as of `endWhenSilent`. */
	pingMs?: number;
	silentMs?: number;
	log: Logger;
	/** One look at the truth; rejects when the database is away. */
	look: (stopped: AbortSignal) => Promise<void>;
	/** Whether a hint is worth a look; left out, every one is. */
	hint?: (payload: string) => boolean;
	/** Hints come from now on; some may have been missed before. */
	listening?: () => void;
};

/**
 * Follows what others write: NOTIFY hints at once, and a look every `pollMs` as the truth behind them (collab.md, «Several
 * nodes»). One look at a time; asked for meanwhile, one more follows. A database that goes away is waited for.
 */
export class Watch {
	private readonly stopped = new AbortController();
	private looking: Promise<void> | undefined;
	private again = false;
	private client: pg.Client | undefined;
	private readonly watching: Watching;

	constructor(watching: Watching) {
		this.watching = watching;
	}

	start(): void {
		void this.listen();
		void this.lookForever();
	}

	/** Begins nothing new, and waits for the look under way. */
	async stop(): Promise<void> {
		this.stopped.abort();
		await this.client?.end().catch(() => undefined);
		await this.looking;
	}

	/** Looks, now or after the look under way. */
	look(): Promise<void> {
		this.again = true;
		this.looking ??= this.lookWhileAsked().finally(() => {
			this.looking = undefined;
		});
		return this.looking;
	}

	private async lookWhileAsked(): Promise<void> {
		const { name, log, look } = this.watching;
		while (this.again && !this.stopped.signal.aborted) {
			this.again = false;
			await look(this.stopped.signal).catch((error: unknown) => {
				if (isUnavailable(error)) log.debug({ err: error }, `${name}: database away`);
				else log.error({ err: error }, `${name} failed`);
			});
		}
	}

	private async lookForever(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			await this.look();
			await this.pause(this.watching.pollMs);
		}
	}

	private async listen(): Promise<void> {
		const { name, databaseUrl, rolle, channel, log, hint, listening, pingMs = PING_MS, silentMs } = this.watching;
		while (!this.stopped.signal.aborted) {
			const client = new pg.Client(connectionOptions(databaseUrl, rolle));
			const ended = new Promise<void>((resolve) => {
				// Stays: a session that PostgreSQL ends tells of it more than once, and an error that nobody hears ends the process.
				client.on('error', () => resolve());
				client.once('end', () => resolve());
			});
			try {
				await client.connect();
				endWhenSilent(client, silentMs);
				client.on('notification', ({ payload }) => {
					if (hint?.(payload ?? '') ?? true) void this.look();
				});
				await client.query(`listen ${channel}`);
				this.client = client;
				listening?.();
				// What was hinted while nobody listened.
				void this.look();
				while (!this.stopped.signal.aborted) {
					await Promise.race([ended, this.pause(pingMs)]);
					await client.query('select 1');
				}
			} catch (error) {
				log.debug({ err: error }, `${name}: no hints, database away`);
			}
			await client.end().catch(() => undefined);
			await this.pause(RECONNECT_MS);
		}
	}

	private async pause(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
	}
}
