import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bursts, GAP_US, SPAN_US, type BurstRow } from './bursts.ts';

const SECOND = 1_000_000;
const row = (
	seq: number,
	userId: string,
	seconds: number,
	blocks: number[],
	more: Partial<BurstRow> = {}
): BurstRow => ({
	...{ seq, userId, atUs: seconds * SECOND, kind: 'edit', parts: ['referat'], blocks },
	...more
});
const grouped = (...rows: BurstRow[]) => {
	const bursts = new Bursts();
	for (const each of rows) bursts.add(each);
	return bursts.all.map(({ seqs }) => seqs);
};

describe('one entry', () => {
	test('is what one person writes without a pause of more than a minute', () => {
		expect(grouped(row(1, 'a', 0, [1]), row(2, 'a', 60, [1]), row(3, 'a', 121, [1]))).toEqual([[1, 2], [3]]);
	});

	test('spans five minutes at most', () => {
		const rows = Array.from({ length: 12 }, (_, i) => row(i + 1, 'a', i * 30, [1]));
		expect(grouped(...rows)).toEqual([Array.from({ length: 11 }, (_, i) => i + 1), [12]]);
	});

	test('goes on while the other writes elsewhere, and ends when they write in the same paragraph', () => {
		expect(grouped(row(1, 'a', 0, [1]), row(2, 'b', 1, [2]), row(3, 'a', 2, [1]))).toEqual([[1, 3], [2]]);
		expect(grouped(row(1, 'a', 0, [1]), row(2, 'b', 1, [1]), row(3, 'a', 2, [1]))).toEqual([[1], [2], [3]]);
	});

	test('is of one part', () => {
		expect(grouped(row(1, 'a', 0, [1]), row(2, 'a', 1, [2], { parts: ['forberedelse'] }))).toEqual([[1], [2]]);
	});

	test('is a gjenopprett by itself; the beginning and clean-ups are in none', () => {
		const kinds = (['init', 'edit', 'restore', 'edit', 'normalise'] as const).map((kind, i) =>
			row(i + 1, 'a', i, [1], { kind })
		);
		expect(grouped(...kinds)).toEqual([[2], [3], [4]]);
	});
});

test('each row but the beginning and clean-ups is in exactly one entry, of its own person, within gap and span', () => {
	const rows = fc
		.array(
			fc.record({
				userId: fc.constantFrom('a', 'b'),
				pause: fc.integer({ min: 0, max: 90 }),
				kind: fc.constantFrom('edit', 'edit', 'edit', 'normalise', 'restore'),
				parts: fc.constantFrom(['referat'], ['forberedelse'], ['forberedelse', 'referat']),
				blocks: fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 })
			}),
			{ maxLength: 80 }
		)
		.map((all) => {
			let atUs = 0;
			return all.map(({ pause, ...each }, i) => {
				atUs += pause * SECOND;
				return { ...each, seq: i + 1, atUs } as BurstRow;
			});
		});
	fc.assert(
		fc.property(rows, (all) => {
			const bursts = new Bursts();
			for (const each of all) bursts.add(each);
			const told = all.filter(({ kind }) => kind !== 'normalise').map(({ seq }) => seq);
			expect(bursts.all.flatMap(({ seqs }) => seqs).sort((a, b) => a - b)).toEqual(told);
			for (const burst of bursts.all) {
				expect(bursts.startingAt(burst.seqs[0] ?? 0)).toBe(burst);
				expect(burst.toUs - burst.fromUs).toBeLessThanOrEqual(SPAN_US);
				burst.seqs.forEach((seq, i) => {
					const each = all[seq - 1] as BurstRow;
					const before = all[(burst.seqs[i - 1] ?? seq) - 1] as BurstRow;
					expect(each.userId).toBe(burst.userId);
					expect(each.atUs - before.atUs).toBeLessThanOrEqual(GAP_US);
					// Nobody else wrote in a paragraph of the entry between its rows.
					const blocks = new Set(burst.seqs.slice(0, i).flatMap((own) => (all[own - 1] as BurstRow).blocks));
					for (const other of all.slice(before.seq, seq - 1))
						if (other.userId !== burst.userId && other.kind !== 'normalise')
							expect(other.blocks.some((block) => blocks.has(block))).toBe(false);
				});
			}
		})
	);
});
