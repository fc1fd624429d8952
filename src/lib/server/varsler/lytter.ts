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
	private readonly venter = new Map<string, Set<(nytt: boolean) => void>>();
	private readonly watch: Watch;
	private startet = false;
	private stoppet = false;

	constructor({ databaseUrl, log }: { databaseUrl: string; log: Logger }) {
		this.watch = new Watch({
			...{ name: 'notifications', databaseUrl, rolle: 'lisk_web', channel: VARSEL_CHANNEL, pollMs: POLL_MS, log },
			look: () => Promise.resolve(this.vekkAlle(true)),
			hint: (brukerId) => {
				for (const vekk of this.venter.get(brukerId) ?? []) vekk(true);
				return false;
			}
		});
	}

	/** True when there may be something new for this person; false when nothing came for `ms`, when `signal` aborts, and when the process stops. */
	vent(brukerId: string, ms: number, signal: AbortSignal): Promise<boolean> {
		if (this.stoppet || signal.aborted || ms <= 0) return Promise.resolve(false);
		if (!this.startet) this.watch.start();
		this.startet = true;
		return new Promise((resolve) => {
			const egne = this.venter.get(brukerId) ?? new Set();
			this.venter.set(brukerId, egne);
			const vekk = (nytt: boolean) => {
				clearTimeout(ur);
				signal.removeEventListener('abort', avbryt);
				egne.delete(vekk);
				if (egne.size === 0 && this.venter.get(brukerId) === egne) this.venter.delete(brukerId);
				resolve(nytt);
			};
			const avbryt = () => vekk(false);
			const ur = setTimeout(avbryt, ms);
			egne.add(vekk);
			signal.addEventListener('abort', avbryt, { once: true });
		});
	}

	/** Lets go of all who wait. */
	async stop(): Promise<void> {
		this.stoppet = true;
		this.vekkAlle(false);
		if (this.startet) await this.watch.stop();
	}

	private vekkAlle(nytt: boolean): void {
		for (const egne of [...this.venter.values()]) for (const vekk of [...egne]) vekk(nytt);
	}
}
