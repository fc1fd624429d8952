import type * as Y from 'yjs';
import type { History } from './history.ts';
import { lettersOf, type Node } from './tree.ts';

/** Units that one row inserted, that one row (or none yet) deleted, and that came and went together. */
export type Segment = {
	client: number;
	clock: number;
	len: number;
	/** The rows that inserted and deleted it. */
	born: number;
	died: number | undefined;
};

/** Characters of one such segment. */
export type Letters = Segment & { item: Y.Item; text: string };

/** An item's units from `offset` on, taken apart where their history differs. Yjs joins items of several rows. */
export function* segmentsOf(history: History, item: Y.Item, offset = 0): Generator<Segment> {
	const { client } = item.id;
	const end = item.id.clock + item.length;
	for (let clock = item.id.clock + offset; clock < end;) {
		const len = history.together(client, clock, end - clock);
		yield { client, clock, len, ...history.lifeOf(client, clock) };
		clock += len;
	}
}

/** The characters of a block in order, deleted ones too; `undefined` where a block stands within. */
export function* textOf(history: History, block: Node): Generator<Letters | undefined> {
	for (const letters of lettersOf(block)) {
		if (letters === undefined) yield undefined;
		else yield* lettersIn(history, letters.item, letters.text);
	}
}

/** The characters of one item from `offset` on. */
export function* lettersIn(history: History, item: Y.Item, text: string, offset = 0): Generator<Letters> {
	for (const segment of segmentsOf(history, item, offset)) {
		const start = segment.clock - item.id.clock;
		yield { ...segment, item, text: text.slice(start, start + segment.len) };
	}
}
