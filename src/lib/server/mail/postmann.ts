import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MAIL_CHANNEL } from '../db/hints.ts';
import { connectionOptions, isUnavailable } from '../db/pool.ts';
import { sendNeste, type Sending } from './send.ts';

/** What a lost hint costs at most, and how soon a retry that has come due is seen. */
const POLL_MS = 5_000;
const RECONNECT_MS = 500;
const STOP_MS = 7_000;

/**
 * Carries out what lies in the outbox: at once by the hints of those who put it there, within seconds by looking, and by the
 * minute tick of pg-boss. Any number of workers may do so at the same time.
 */
export class Postmann {
	private readonly stopped = new AbortController();
	private readonly sending: Sending & { databaseUrl: string };
	private round: Promise<void> | undefined;
	private again = false;
	private client: pg.Client | undefined;

	constructor(sending: Postmann['sending']) {
		this.sending = sending;
	}

	start(): void {
		void this.listen();
		void this.pollForever();
	}

	/** Begins no new mail, and waits for the one under way, 7 s at most. */
	async stop(): Promise<void> {
		this.stopped.abort();
		await this.client?.end().catch(() => undefined);
		await Promise.race([this.round, sleep(STOP_MS, undefined, { ref: false })]);
	}

	/** Sends all that is due; a second call meanwhile is followed by one more look. */
	send(): Promise<void> {
		this.again = true;
		this.round ??= this.sendWhileAsked().finally(() => {
			this.round = undefined;
		});
		return this.round;
	}

	private async sendWhileAsked(): Promise<void> {
		const { log } = this.sending;
		while (this.again && !this.stopped.signal.aborted) {
			this.again = false;
			try {
				await this.sendAll();
			} catch (error) {
				if (isUnavailable(error)) log.debug({ err: error }, 'mail: database away');
				else log.error({ err: error }, 'sending mail failed');
			}
		}
	}

	/** A server that is away is asked once in a round: the others need not wait for its time-outs one after another. */
	private async sendAll(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			const utfall = await sendNeste(this.sending);
			if (utfall === undefined || utfall === 'borte') return;
		}
	}

	private async pollForever(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			await this.send();
			await sleep(POLL_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
	}

	private async listen(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			const client = new pg.Client(connectionOptions(this.sending.databaseUrl, 'lisk_worker'));
			const ended = new Promise<void>((resolve) => {
				// Stays: a session that PostgreSQL ends tells of it more than once, and an error that nobody hears ends the process.
				client.on('error', () => resolve());
				client.once('end', () => resolve());
			});
			try {
				await client.connect();
				client.on('notification', () => void this.send());
				await client.query(`listen ${MAIL_CHANNEL}`);
				this.client = client;
				void this.send();
				await ended;
			} catch (error) {
				this.sending.log.debug({ err: error }, 'listen: database away');
			}
			await client.end().catch(() => undefined);
			await sleep(RECONNECT_MS, undefined, { signal: this.stopped.signal }).catch(() => undefined);
		}
	}
}
