import type { Del } from './types.ts';

/** A pause longer than this ends an entry. Microseconds. */
export const GAP_US = 60 * 1_000_000;
/** No entry spans more than this. Microseconds. */
export const SPAN_US = 5 * 60 * 1_000_000;

/** What grouping needs to know of a row of the log; blocks are numbers that name the same paragraph by the same number. */
export type BurstRow = {
	seq: number;
	userId: string;
	atUs: number;
	kind: 'init' | 'edit' | 'normalise' | 'restore';
	parts: readonly Del[];
	blocks: readonly number[];
};

/** The rows of one entry: of one person, in one part (or of one row that touched both). */
export type Burst = { userId: string; parts: Del[]; seqs: number[]; fromUs: number; toUs: number; restore: boolean };

type Open = { burst: Burst; blocks: Set<number> };

/**
 * Groups the rows of a log into entries, as they come: each row but `init` and `normalise` is in exactly one. An entry ends with a
 * pause, with its span, or when another person writes in a paragraph that it touched; rows of two people in different paragraphs
 * may lie between each other. A gjenopprett stands alone.
 */
export class Bursts {
	/** In the order of their first rows. */
	readonly all: Burst[] = [];
	private readonly byFirst = new Map<number, Burst>();
	private open: Open[] = [];

	add(row: BurstRow): void {
		if (row.kind === 'init' || row.kind === 'normalise') return;
		this.open = this.open.filter(
			({ burst, blocks }) => burst.userId === row.userId || !row.blocks.some((block) => blocks.has(block))
		);
		const last = row.kind === 'restore' ? undefined : this.open.findLast(({ burst }) => continues(burst, row));
		if (last) extend(last, row);
		else this.begin(row);
	}

	/** The entry that begins with this row. */
	startingAt(seq: number): Burst | undefined {
		return this.byFirst.get(seq);
	}

	private begin(row: BurstRow): void {
		const { userId, atUs, seq } = row;
		const burst = {
			userId,
			parts: [...row.parts],
			seqs: [seq],
			fromUs: atUs,
			toUs: atUs,
			restore: row.kind === 'restore'
		};
		this.all.push(burst);
		this.byFirst.set(seq, burst);
		// What was begun before it in the same part can no longer go on.
		this.open = this.open.filter((each) => !sameStrand(each.burst, row));
		if (!burst.restore) this.open.push({ burst, blocks: new Set(row.blocks) });
	}
}

function sameStrand(burst: Burst, row: BurstRow): boolean {
	return burst.userId === row.userId && burst.parts.join() === row.parts.join();
}

function continues(burst: Burst, row: BurstRow): boolean {
	// What touches nothing that stands (typed and taken back while offline) goes with whatever its person was at.
	const fits = row.parts.length === 0 ? burst.userId === row.userId : sameStrand(burst, row);
	return fits && row.atUs - burst.toUs <= GAP_US && row.atUs - burst.fromUs <= SPAN_US;
}

function extend({ burst, blocks }: Open, row: BurstRow): void {
	burst.seqs.push(row.seq);
	burst.fromUs = Math.min(burst.fromUs, row.atUs);
	burst.toUs = Math.max(burst.toUs, row.atUs);
	for (const block of row.blocks) blocks.add(block);
}
