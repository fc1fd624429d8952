import { describe, expect, it } from 'vitest';
import { Budget } from './budget.ts';
import { BURST_MS, SHARE } from './limits.ts';

describe('Budget', () => {
	it('an honest client never waits: some keys in a second, and now and then a large paste', () => {
		const budget = new Budget(0);
		for (let second = 1; second <= 60; second++) {
			for (let key = 0; key < 20; key++) expect(budget.pay(1, second * 1000 + key * 50)).toBe(0);
			if (second % 10 === 0) expect(budget.pay(100, second * 1000 + 999)).toBe(0);
		}
	});

	it('one that takes all it can gets its share in the long run', () => {
		const budget = new Budget(0);
		let [now, worked] = [0, 0];
		while (now < 60_000) {
			now += 10;
			worked += 10;
			now += budget.pay(10, now);
		}
		expect(worked).toBeLessThan(60_000 * SHARE + 2 * BURST_MS);
		expect(worked).toBeGreaterThan(60_000 * SHARE * 0.9);
	});

	it('what is not used is not saved up, and is soon full again', () => {
		const budget = new Budget(0);
		expect(budget.pay(BURST_MS, 3_600_000)).toBe(0);
		expect(budget.isFull(3_600_001)).toBe(false);
		expect(budget.pay(1, 3_600_000)).toBeCloseTo(1 / SHARE);
		expect(budget.isFull(3_700_000)).toBe(true);
	});
});
