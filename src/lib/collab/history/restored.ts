import * as Y from 'yjs';
import type { History, RowFacts } from './history.ts';
import { matchWholeRuns } from './match.ts';
import { extend, isBack, linkRuns, linkUnits, runsOf, unitsOf, type Run, type UnitRange } from './run.ts';
import { segmentsOf, textOf, type Letters, type Segment } from './segments.ts';
import { blockOf, blocksUnder, isLetter, nodeOf, type Node } from './tree.ts';

/**
 * What a row brings back of what was deleted before it: by its own person (undo), or by anybody where the row is a gjenopprett.
 * Both write an item anew with the deleted one as its right neighbour, which nothing else does; within a block that is itself
 * brought back, the text tells, or its neighbours.
 */

/** Text that is written anew beside the deleted text: Yjs copies the very item. */
export function restoreTexts(history: History, row: RowFacts, born: readonly Y.Item[]): void {
	for (const item of born) {
		const { rightOrigin } = item;
		if (rightOrigin === null || lettersAt(history, rightOrigin, item.length) !== letters(item)) continue;
		const former = { client: rightOrigin.client, clock: rightOrigin.clock, len: item.length };
		linkUnits(history, row.seq, [former], [{ ...item.id, len: item.length }]);
	}
}

/** Blocks with their text, and text in blocks that were brought back earlier. */
export function restoreBlocks(history: History, row: RowFacts, born: readonly Y.Item[]): void {
	const open = new Set<Node>();
	for (const item of born) {
		if (!isLetter(item)) restoreBlock(history, row, item);
	}
	for (const item of born) {
		const block = isLetter(item) && !isLinked(history, item) ? blockOf(item) : undefined;
		if (block !== undefined) open.add(block);
	}
	for (const block of open) restoreGaps(history, row, block);
}

/**
 * A block that is written anew beside the deleted one, with its text. A new paragraph may by chance stand beside a deleted one:
 * only the text tells.
 */
function restoreBlock(history: History, row: RowFacts, item: Y.Item): void {
	const node = nodeOf(item);
	const beside = formerBeside(history, item);
	if (node === undefined || beside === undefined || isLinked(history, item)) return;
	const former = nodeOf(beside.item);
	if (former === undefined || kindOf(former) !== kindOf(node)) return;
	const died = history.deleted.at(beside.item.id.client, beside.item.id.clock);
	if (!mayReturn(history, row, { ...beside.item.id, died })) return;

	let hadText = false;
	let hasText = false;
	// First what was deleted with the block, then what had been deleted in it before.
	for (const together of [true, false]) {
		const removed = runsUnder(history, former, (l) => mayReturn(history, row, l) && (!together || l.died === died));
		const inserted = runsUnder(
			history,
			node,
			(l) => l.born === row.seq && l.died === undefined && !hasOrigin(history, l)
		);
		hadText ||= together && removed.length > 0;
		for (const match of linkRuns(history, row.seq, removed, inserted, matchWholeRuns)) {
			hasText = true;
			linkBlocks(history, row.seq, removed[match.removedRun]?.block, inserted[match.insertedRun]?.block);
		}
	}
	if (hasText || !hadText) linkBlocks(history, row.seq, former, node);
}

/** An element's name; a text is of one kind. */
function kindOf(node: Node): string {
	return node instanceof Y.XmlElement ? node.nodeName : '';
}

function runsUnder(history: History, node: Node, take: (letters: Letters) => boolean): Run[] {
	return [node, ...blocksUnder(node)].flatMap((block) =>
		runsOf(history, block, (letters) => (take(letters) ? 'take' : 'skip'))
	);
}

function linkBlocks(history: History, seq: number, former: Node | undefined, node: Node | undefined): void {
	if (!former?._item || !node?._item || kindOf(former) !== kindOf(node)) return;
	const [from, to] = [former._item.id, node._item.id];
	if (isBack(history, from) || hasOrigin(history, to)) return;
	linkUnits(history, seq, [{ ...from, len: 1 }], [{ ...to, len: 1 }]);
}

/** What `len` units from one on read, if they were deleted before; undefined when they were not, or are no text. */
function lettersAt(history: History, { client, clock }: Y.ID, len: number): string | undefined {
	const structs = history.doc.store.clients.get(client) ?? [];
	let text = '';
	for (let i = Y.findIndexSS(structs, clock); i < structs.length && text.length < len; i++) {
		const item = structs[i];
		if (!(item instanceof Y.Item) || !item.deleted || !isLetter(item)) return undefined;
		text += letters(item).slice(Math.max(0, clock - item.id.clock));
	}
	return text.slice(0, len);
}

/** Text in a block that was brought back earlier: what had stood between the same neighbours in the former block. */
function restoreGaps(history: History, row: RowFacts, block: Node): void {
	const former = formerOf(history, block);
	if (former === undefined) return;
	for (const gap of gapsOf(history, row, block)) {
		const { text } = gap.run;
		const removed =
			gap.left === undefined && gap.right === undefined
				? lastDeleted(history, row, block, former)
				: textBetween(history, row, former, gap).find((run) => run.text.includes(text));
		if (removed === undefined || !removed.text.includes(text)) continue;
		const exact = { block: former, text, parts: unitsOf(removed, removed.text.indexOf(text), text.length) };
		linkRuns(history, row.seq, [exact], [gap.run]);
	}
}

/**
 * Where no neighbour tells, only the next step of an undo counts: in a block that the person's row before this one brought back,
 * what they had deleted last. Whoever types into an empty paragraph may happen to type what once stood there.
 */
function lastDeleted(history: History, row: RowFacts, block: Node, former: Node): Run | undefined {
	const brought = block._item && history.links.from(block._item.id.client, block._item.id.clock)?.seq;
	const before = history.rows.findLast((each) => each.userId === row.userId && each.seq < row.seq);
	if (brought === null || brought === undefined || brought !== before?.seq) return undefined;
	const all = [...textOf(history, former)].filter((letters) => letters !== undefined);
	const last = Math.max(...all.filter((l) => mayReturn(history, row, l)).map((l) => l.died ?? 0));
	return runsOf(history, former, (l) => (l.died === last && mayReturn(history, row, l) ? 'take' : 'skip'))[0];
}

type Gap = { run: Run; left: UnitRange | undefined; right: UnitRange | undefined };

/** The new text of a block, each with where its neighbours came from. */
function gapsOf(history: History, row: RowFacts, block: Node): Gap[] {
	const gaps: Gap[] = [];
	let left: UnitRange | undefined;
	let open: Gap | undefined;
	for (const letters of textOf(history, block)) {
		if (letters === undefined || letters.died !== undefined) continue;
		const from = history.links.from(letters.client, letters.clock);
		if (from === undefined && letters.born === row.seq) {
			if (open === undefined) gaps.push((open = { run: { block, text: '', parts: [] }, left, right: undefined }));
			extend(open.run, letters);
			continue;
		}
		if (open !== undefined && from !== undefined) open.right = { client: from.client, clock: from.clock, len: 1 };
		open = undefined;
		if (from !== undefined) left = { client: from.client, clock: from.clock + letters.len - 1, len: 1 };
	}
	return gaps;
}

/** The deleted text of a former block between two of its units, as far as this row may bring it back. */
function textBetween(history: History, row: RowFacts, former: Node, { left, right }: Gap): Run[] {
	let inside = left === undefined;
	return runsOf(history, former, (letters) => {
		if (holds(letters, right)) inside = false;
		const take = inside && mayReturn(history, row, letters);
		if (holds(letters, left)) inside = true;
		return take ? 'take' : 'skip';
	});
}

function holds(segment: Segment, unit: UnitRange | undefined): boolean {
	return (
		unit !== undefined &&
		unit.client === segment.client &&
		unit.clock >= segment.clock &&
		unit.clock < segment.clock + segment.len
	);
}

/** The deleted item that a new one names as its right neighbour, and the place in it. */
function formerBeside(history: History, item: Y.Item): { item: Y.Item; offset: number } | undefined {
	const { rightOrigin } = item;
	if (rightOrigin === null) return undefined;
	const right = Y.getItem(history.doc.store, rightOrigin);
	return right instanceof Y.Item && right.deleted
		? { item: right, offset: rightOrigin.clock - right.id.clock }
		: undefined;
}

/** Whether a deleted unit may come back with this row: it is not back yet, and its own person had deleted it, earlier. */
function mayReturn(
	history: History,
	row: RowFacts,
	unit: { client: number; clock: number; died: number | undefined }
): boolean {
	if (unit.died === undefined || unit.died >= row.seq) return false;
	if (row.kind !== 'restore' && history.row(unit.died).userId !== row.userId) return false;
	return !isBack(history, unit);
}

/** The block that a block was before it was brought back. */
function formerOf(history: History, block: Node): Node | undefined {
	if (block._item === null) return undefined;
	const from = history.links.from(block._item.id.client, block._item.id.clock);
	if (from === undefined) return undefined;
	const item = Y.getItem(history.doc.store, Y.createID(from.client, from.clock));
	return item instanceof Y.Item ? nodeOf(item) : undefined;
}

/** Whether all of an item's units are known to be former ones. */
function isLinked(history: History, item: Y.Item): boolean {
	return [...segmentsOf(history, item)].every((segment) => hasOrigin(history, segment));
}

function hasOrigin(history: History, { client, clock }: { client: number; clock: number }): boolean {
	return history.links.from(client, clock) !== undefined;
}

function letters(item: Y.Item): string {
	return item.content instanceof Y.ContentString ? item.content.str : '\n';
}
