import { setTimeout as sleep } from 'node:timers/promises';
import { MAIL_CHANNEL } from '../db/hints.ts';
import { Watch } from '../db/watch.ts';
import { sendNeste, type Sending } from './send.ts';

/** What a lost hint costs at most, and how soon a retry that has come due is seen. */
const POLL_MS = 5_000;
const STOP_MS = 7_000;

/**
 * Carries out what lies in the outbox: at once by the hints of those who put it there, within seconds by looking, and by the
 * minute tick of pg-boss. Any number of workers may do so at the same time.
 */
export class Postmann {
	private readonly sending: Sending & { databaseUrl: string };
	private readonly watch: Watch;

	constructor(sending: Postmann['sending']) {
		this.sending = sending;
		const { databaseUrl, log } = sending;
		this.watch = new Watch({
			...{ name: 'mail', databaseUrl, rolle: 'lisk_worker', channel: MAIL_CHANNEL, pollMs: POLL_MS, log },
			look: (stopped) => this.sendAll(stopped)
		});
	}

	start(): void {
		this.watch.start();
	}

	/** Begins no new mail, and waits for the one under way, 7 s at most. */
	async stop(): Promise<void> {
		await Promise.race([this.watch.stop(), sleep(STOP_MS, undefined, { ref: false })]);
	}

	/** Sends all that is due; a second call meanwhile is followed by one more look. */
	send(): Promise<void> {
		return this.watch.look();
	}

	/** A server that is away is asked once in a round: the others need not wait for its time-outs one after another. */
	private async sendAll(stopped: AbortSignal): Promise<void> {
		while (!stopped.aborted) {
			const utfall = await sendNeste(this.sending);
			if (utfall === undefined || utfall === 'borte') return;
		}
	}
}
