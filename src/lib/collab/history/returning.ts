import type * as Y from 'yjs';
import type { History, RowFacts } from './history.ts';
import { segmentsOf, type Letters } from './segments.ts';

/** What may come back with a row, and what has: shared by the ways in which a row brings something back. */

export function isNew(history: History, row: RowFacts, letters: Letters): boolean {
	return letters.born === row.seq && letters.died === undefined && !hasOrigin(history, letters);
}

/** Whether a deleted unit may come back with this row: it is not back yet, and its own person had deleted it, earlier. */
export function mayReturn(
	history: History,
	row: RowFacts,
	unit: { client: number; clock: number; died: number | undefined }
): boolean {
	if (unit.died === undefined || unit.died >= row.seq) return false;
	if (history.row(unit.died).userId !== row.userId) return false;
	return true;
}

/** Whether all of an item's units are known to be former ones. */
export function isLinked(history: History, item: Y.Item): boolean {
	return [...segmentsOf(history, item)].every((segment) => hasOrigin(history, segment));
}

export function hasOrigin(history: History, { client, clock }: { client: number; clock: number }): boolean {
	return history.links.from(client, clock) !== undefined;
}
