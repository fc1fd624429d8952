import { RangeMap } from './ranges.ts';
import type { UnitRange } from './run.ts';

/** The other end of a move, for the first unit of its range; `seq` is the row that moved. */
export type Link = { client: number; clock: number; seq: number };
type Unit = { client: number; clock: number };

/** Which units are former ones, deleted and inserted anew: where each came from, where each went, and where it began. */
export class Links {
	private readonly cameFrom = new RangeMap<Link & { first: Unit }>();
	private readonly wentTo = new RangeMap<Link>();

	/** Says that `to` is `from`, written anew by row `seq`. Both of one length; `to` may not have been said before. */
	add(from: UnitRange, to: UnitRange, seq: number): void {
		for (let done = 0; done < from.len;) {
			const clock = from.clock + done;
			const len = this.reach(from.client, clock, from.clock + from.len) - clock;
			const first = this.first(from.client, clock);
			this.cameFrom.add(to.client, to.clock + done, len, { client: from.client, clock, seq, first });
			// What was brought back twice went where it went first.
			if (this.wentTo.at(from.client, clock) === undefined)
				this.wentTo.add(from.client, clock, len, { client: to.client, clock: to.clock + done, seq });
			done += len;
		}
	}

	/** Where a unit came from; undefined when it was typed there. */
	from(client: number, clock: number): Link | undefined {
		const range = this.cameFrom.rangeAt(client, clock);
		return range && { ...range.value, clock: range.value.clock + clock - range.clock };
	}

	/** Where a deleted unit went; undefined when it is gone. */
	to(client: number, clock: number): Link | undefined {
		const range = this.wentTo.rangeAt(client, clock);
		return range && { ...range.value, clock: range.value.clock + clock - range.clock };
	}

	/** The unit as it was first typed. */
	first(client: number, clock: number): Unit {
		const range = this.cameFrom.rangeAt(client, clock);
		if (range === undefined) return { client, clock };
		const { first } = range.value;
		return { client: first.client, clock: first.clock + clock - range.clock };
	}

	/** Up to which clock (at most `end`) the units from `clock` on came and went together. */
	reach(client: number, clock: number, end: number): number {
		return this.wentTo.reach(client, clock, this.cameFrom.reach(client, clock, end));
	}
}
