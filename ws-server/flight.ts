import type { CollabRow } from '#lib/server/queries/collab.ts';
import type { Derived } from './batch.ts';
import type { Item } from './queue.ts';
import { contentOf, overlap } from './rows.ts';

/** A batch that is being committed, and what it was made of. */
export class Flight {
	/** The raw messages, to be applied again should nothing come of it. */
	readonly items: readonly Item[];
	readonly rows: readonly Derived[];
	/** What is answered when it is committed. */
	readonly after: readonly Item[];
	/** It is to be sent, or sent again. */
	due = true;
	/** How often in a row another node was writing to this document. */
	skips = 0;

	constructor(items: readonly Item[], rows: readonly Derived[], after: readonly Item[]) {
		this.items = items;
		this.rows = rows;
		this.after = after;
	}

	/**
	 * Whether it is the same batch after these rows of another node. Not if something of it came by the other way too, nor if it is a
	 * clean-up, which may show after other edits; nor if it deletes what may have gone with theirs: then a row of it may bring nothing, or half of a
	 * character that was cut here is not cut there.
	 */
	mayFollow(others: readonly CollabRow[]): boolean {
		if (this.rows.some(({ row }) => row.kind !== 'edit')) return false;
		const own = this.rows.map(({ row }) => contentOf(row.upd));
		const deletes = own.some(({ deleted }) => deleted.length > 0);
		return others
			.map(({ upd }) => contentOf(upd))
			.every((theirs) => !(deletes && !theirs.onlyText) && !own.some((each) => overlap(each, theirs)));
	}

	again(skips: number): void {
		this.due = true;
		this.skips = skips;
	}
}
