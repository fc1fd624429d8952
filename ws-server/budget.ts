import { BURST_MS, SHARE } from './limits.ts';

/**
 * How much of the server's one thread somebody may take: a bucket of milliseconds that refills with time. What a frame costs is measured, so
 * an honest client, whose keys cost next to nothing, never notices; whoever has used up theirs is not read from for a while.
 */
export class Budget {
	private left = BURST_MS;
	private at: number;

	/** @param now milliseconds, of a clock that never goes back */
	constructor(now: number) {
		this.at = now;
	}

	/** Pays for work that took so long and ended now; returns for how many milliseconds there is nothing left. */
	pay(ms: number, now: number): number {
		this.left = Math.min(BURST_MS, this.left + (now - this.at) * SHARE) - ms;
		this.at = now;
		return this.left >= 0 ? 0 : -this.left / SHARE;
	}

	/** Whether nothing has been used up lately: then it need not be remembered. */
	isFull(now: number): boolean {
		return this.left + (now - this.at) * SHARE >= BURST_MS;
	}
}

/** The budgets of the people of this node: whoever opens many sockets has no more than others. */
export class Budgets {
	private readonly budgets = new Map<string, Budget>();

	of(userId: string, now: number): Budget {
		const budget = this.budgets.get(userId) ?? new Budget(now);
		this.budgets.set(userId, budget);
		return budget;
	}

	/** Forgets those that are full. */
	sweep(now: number): void {
		for (const [userId, budget] of this.budgets) if (budget.isFull(now)) this.budgets.delete(userId);
	}
}
