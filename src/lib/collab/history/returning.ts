import type * as Y from 'yjs';
import type { History, RowFacts } from './history.ts';
import { segmentsOf, type Letters } from './segments.ts';

/** What may come back with a row, and what has: shared by the ways in which a row brings something back. */

/** Whether these letters came with this row, and nothing says yet that they are former ones. */
export function isNew(history: History, row: RowFacts, letters: Letters): boolean {
	return letters.born === row.seq && letters.died === undefined && !hasOrigin(history, letters);
}

/** Whether what row `died` deleted may come back with this row: its own person had deleted it, earlier. */
export function mayReturn(history: History, row: RowFacts, { died }: { died: number | undefined }): boolean {
	return died !== undefined && died < row.seq && history.row(died).userId === row.userId;
}

/** Whether all of an item's units are known to be former ones. */
export function isLinked(history: History, item: Y.Item): boolean {
	return [...segmentsOf(history, item)].every((segment) => hasOrigin(history, segment));
}

export function hasOrigin(history: History, { client, clock }: { client: number; clock: number }): boolean {
	return history.links.from(client, clock) !== undefined;
}

export type Unit = { client: number; clock: number };

/** All that a unit has been before it was moved or brought back, the latest first. */
export function formerUnits(history: History, client: number, clock: number): Unit[] {
	const units: Unit[] = [];
	for (let at = history.links.from(client, clock); at; at = history.links.from(at.client, at.clock)) units.push(at);
	return units;
}
