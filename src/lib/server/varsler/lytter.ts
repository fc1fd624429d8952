import { VARSEL_CHANNEL } from '../db/hints.ts';
import { Watch } from '../db/watch.ts';
import type { Logger } from '../log.ts';

/** What a lost hint costs at most, beside that each who waits asks anew after a while. */
const POLL_MS = 60_000;

/**
 * Wakes those who wait for news of their notifications: one connection that listens, however many pages are open. It tells nobody what is new, only
 * that it is worth looking.
 */
export class Varsellytter {
	private readonly venter = new Map<string, Set<() => void>>();
	private readonly watch: Watch;
	private startet = false;
	private stoppet = false;

	constructor({ databaseUrl, log }: { databaseUrl: string; log: Logger }) {
		this.watch = new Watch({
			...{ name: 'notifications', databaseUrl, rolle: 'lisk_web', channel: VARSEL_CHANNEL, pollMs: POLL_MS, log },
			look: () => Promise.resolve(this.vekkAlle()),
			hint: (brukerId) => {
				for (const vekk of this.venter.get(brukerId) ?? []) vekk();
				return false;
			}
		});
	}

	/** Resolves when there may be something new for this person, after `ms` at the latest, at once when `signal` aborts or the process stops. */
	vent(brukerId: string, ms: number, signal: AbortSignal): Promise<void> {
		if (this.stoppet || signal.aborted) return Promise.resolve();
		if (!this.startet) this.watch.start();
		this.startet = true;
		return new Promise((resolve) => {
			const egne = this.venter.get(brukerId) ?? new Set();
			this.venter.set(brukerId, egne);
			const vekk = () => {
				clearTimeout(ur);
				signal.removeEventListener('abort', vekk);
				egne.delete(vekk);
				if (egne.size === 0 && this.venter.get(brukerId) === egne) this.venter.delete(brukerId);
				resolve();
			};
			const ur = setTimeout(vekk, ms);
			egne.add(vekk);
			signal.addEventListener('abort', vekk, { once: true });
		});
	}

	/** Lets go of all who wait. */
	async stop(): Promise<void> {
		this.stoppet = true;
		this.vekkAlle();
		if (this.startet) await this.watch.stop();
	}

	private vekkAlle(): void {
		for (const egne of [...this.venter.values()]) for (const vekk of [...egne]) vekk();
	}
}
