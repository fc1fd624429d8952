/** Something that holds for `len` units of one client from `clock` on. */
export type Range<V> = { clock: number; len: number; value: V };

/**
 * A value for ranges of Yjs units, by client. Ranges, not units: seven bytes of an update may declare a thousand million units
 * that their author has already thrown away.
 */
export class RangeMap<V> {
	private readonly clients = new Map<number, Range<V>[]>();

	/** Sets a value for units that have none yet; equal neighbours become one where `V` is a primitive. */
	add(client: number, clock: number, len: number, value: V): void {
		const ranges = this.clients.get(client);
		if (ranges === undefined) {
			this.clients.set(client, [{ clock, len, value }]);
			return;
		}
		const at = after(ranges, clock);
		const left = ranges[at - 1];
		if (left !== undefined && left.value === value && left.clock + left.len === clock) {
			left.len += len;
			return;
		}
		ranges.splice(at, 0, { clock, len, value });
	}

	/** The value of one unit. */
	at(client: number, clock: number): V | undefined {
		return this.rangeAt(client, clock)?.value;
	}

	/** The range that holds one unit. */
	rangeAt(client: number, clock: number): Range<V> | undefined {
		const ranges = this.clients.get(client);
		if (ranges === undefined) return undefined;
		const range = ranges[after(ranges, clock) - 1];
		return range !== undefined && clock < range.clock + range.len ? range : undefined;
	}

	/** Up to which clock (exclusive, at most `end`) all units have the same value, or none, as the one at `clock`. */
	reach(client: number, clock: number, end: number): number {
		const ranges = this.clients.get(client);
		if (ranges === undefined) return end;
		const at = after(ranges, clock);
		const range = ranges[at - 1];
		if (range !== undefined && clock < range.clock + range.len) return Math.min(end, range.clock + range.len);
		return Math.min(end, ranges[at]?.clock ?? end);
	}
}

/** The place of the first range that begins after `clock`. */
function after(ranges: Range<unknown>[], clock: number): number {
	let low = 0;
	let high = ranges.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((ranges[middle] as Range<unknown>).clock <= clock) low = middle + 1;
		else high = middle;
	}
	return low;
}
