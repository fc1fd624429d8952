import * as Y from 'yjs';
import type { History, RowFacts } from './history.ts';
import { LONG, matchLongParts, matchThinned, matchWholeRuns, matchWithin } from './match.ts';
import { formerUnits, hasOrigin, isLinked, isNew, mayReturn } from './returning.ts';
import { isBack, linkRuns, linkUnits, runsOf, unitsOf, type Run, type UnitRange } from './run.ts';
import { textOf, type Letters } from './segments.ts';
import { blockOf, blocksUnder, isLetter, nodeOf, type Node } from './tree.ts';

/**
 * What a row brings back of what its own person had deleted before it (undo). It writes an item anew with the deleted one as its right
 * neighbour, which nothing else does; within a block that is itself brought back, the text tells, or its neighbours (gaps.ts).
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

/** Blocks with their text. */
export function restoreBlocks(history: History, row: RowFacts, born: readonly Y.Item[]): void {
	for (const item of born) if (!isLetter(item)) restoreBlock(history, row, item);
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
	if (former === undefined) return;
	const died = history.deleted.at(beside.item.id.client, beside.item.id.clock);
	if (kindOf(former) !== kindOf(node) || !mayReturn(history, row, { died })) {
		restoreConcurrent(history, row, { former, node, died });
		return restoreEarlier(history, row, former, node);
	}

	let hasText = false;
	let hadText = false;
	// First what was deleted with the block; then what had been deleted in it before; then what somebody had moved elsewhere since.
	const ways: ((l: Letters) => boolean)[] = [
		(l) => l.died === died && mayReturn(history, row, l),
		(l) => mayReturn(history, row, l),
		(l) => l.died === died
	];
	for (const may of ways) {
		const removed = runsUnder(history, former, may);
		hadText ||= removed.length > 0 && may === ways[0];
		const inserted = runsUnder(history, node, (l) => isNew(history, row, l));
		for (const match of linkRuns(history, row.seq, removed, inserted, matchWholeRuns)) {
			hasText = true;
			linkBlocks(history, row.seq, removed[match.removedRun]?.block, inserted[match.insertedRun]?.block);
		}
	}
	hasText ||= ways.some((may) => restoreThinned(history, row, runsUnder(history, former, may), node));
	if (!hasText && hadText) return restoreEarlier(history, row, former, node);
	linkBlocks(history, row.seq, former, node);
	linkBlocksUnder(history, row.seq, former, node, died);
}

/** The text of a block without what the person had typed into it: one step of an undo takes that away, and brings the rest back. */
function restoreThinned(history: History, row: RowFacts, removed: Run[], node: Node): boolean {
	const inserted = runsUnder(history, node, (l) => isNew(history, row, l));
	const isOwn = (run: number, at: number) =>
		unitsOf(removed[run] as Run, at, 1).some(({ client, clock }) => history.authorOf(client, clock) === row.userId);
	const matches = linkRuns(history, row.seq, removed, inserted, (from, to) => matchThinned(from, to, isOwn));
	return matches.length > 0;
}

/**
 * Two people who make the same paragraphs headings, or a list, at once: each deletes them and writes them anew, so that their text stands
 * twice (collab.md, «Enter inside another's sentence»). Neither of them typed it.
 */
function restoreConcurrent(
	history: History,
	row: RowFacts,
	{ former, node, died }: { former: Node; node: Node; died: number | undefined }
): void {
	if (died === undefined || died >= row.seq) return;
	const inserted = runsUnder(history, node, (l) => isNew(history, row, l));
	const removed: Run[] = [];
	// A list is made of several paragraphs.
	for (const block of siblingsFrom(former)) {
		if (!block._item || history.deleted.at(block._item.id.client, block._item.id.clock) !== died) continue;
		removed.push(...runsUnder(history, block, (l) => l.died === died));
		if (textIn(removed).length > textIn(inserted).length) return;
		if (textIn(removed) === textIn(inserted)) return void linkRuns(history, row.seq, removed, inserted, matchWholeRuns);
	}
}

/** How many earlier versions of a block are looked at. */
const VERSIONS_BACK = 20;

/** One who had not seen what was done to a block last, or to those behind it, writes all of it anew, as it stood before that. */
function restoreEarlier(history: History, row: RowFacts, former: Node, node: Node): void {
	const inserted = runsUnder(history, node, (l) => isNew(history, row, l));
	if (inserted.length === 0) return;
	// A list is made of several paragraphs.
	const blocks = [...siblingsFrom(former)].slice(0, 1 + [...blocksUnder(node)].length);
	const letters = blocks
		.flatMap((each) => [each, ...blocksUnder(each)])
		.flatMap((block) => [...textOf(history, block)]);
	const deaths = new Set(letters.flatMap((l) => (l?.died !== undefined && l.died < row.seq ? [l.died] : [])));
	for (const died of [...deaths].sort((a, b) => b - a).slice(0, VERSIONS_BACK)) {
		const stood: Run[] = [];
		for (const block of blocks) {
			stood.push(...runsUnder(history, block, (l) => history.standsAt(l.client, l.clock, died - 1)));
			if (textIn(stood) === textIn(inserted)) return void linkRuns(history, row.seq, stood, inserted, matchWholeRuns);
		}
	}
}

function textIn(runs: readonly Run[]): string {
	return runs.map(({ text }) => text).join('\n');
}

/** A block, and those behind it. */
function* siblingsFrom(block: Node): Generator<Node> {
	for (let item = block._item; item; item = item.right) {
		const node = nodeOf(item);
		if (node) yield node;
	}
}

/** The same for a block that was brought back and changed within one row: some of its text must be what stood in the former one. */
export function restoreChangedBlocks(history: History, row: RowFacts, born: readonly Y.Item[]): void {
	for (const item of born) {
		const node = nodeOf(item);
		const former = isLetter(item) ? undefined : nodeOf(formerBeside(history, item)?.item ?? item);
		if (node === undefined || former === undefined || former === node || isLinked(history, item)) continue;
		if (kindOf(former) !== kindOf(node) || !former._item) continue;
		const { died } = history.lifeOf(former._item.id.client, former._item.id.clock);
		if (!mayReturn(history, row, { died })) continue;
		const kept = runsUnder(history, node, (l) => l.born === row.seq && hasOrigin(history, l));
		const stoodIn = ({ client, clock }: UnitRange) =>
			formerUnits(history, client, clock).some((unit) => isUnder(history, unit, former));
		if (!kept.some(({ parts }) => parts.some(stoodIn))) continue;
		linkBlocks(history, row.seq, former, node);
		linkBlocksUnder(history, row.seq, former, node, died);
	}
}

function isUnder(history: History, { client, clock }: { client: number; clock: number }, node: Node): boolean {
	let item: unknown = Y.getItem(history.doc.store, Y.createID(client, clock));
	while (item instanceof Y.Item) {
		if (item.parent === node) return true;
		item = item.parent instanceof Y.AbstractType ? item.parent._item : undefined;
	}
	return false;
}

/** What stood in a block that is brought back, where it is of the same make: also what holds no text. */
function linkBlocksUnder(history: History, seq: number, former: Node, node: Node, died: number | undefined): void {
	const before = [...blocksUnder(former)].filter((block) => lifeOf(history, block).died === died);
	const after = [...blocksUnder(node)].filter((block) => lifeOf(history, block).born === seq);
	if (before.map(kindOf).join() !== after.map(kindOf).join()) return;
	after.forEach((block, i) => linkBlocks(history, seq, before[i], block));
}

function lifeOf(history: History, { _item }: Y.XmlElement): { born: number | undefined; died: number | undefined } {
	return _item ? history.lifeOf(_item.id.client, _item.id.clock) : { born: undefined, died: undefined };
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

/** In how many rows before it deleted text is looked for. */
const ROWS_BACK = 200;

/**
 * What nothing else explains. In the course of an undo: the very text that one of the person's last rows had deleted, wherever that stood.
 * Else, of some length: what anybody had deleted lately (cut and pasted; or moved by two people at once, so that it stands twice).
 * Whoever types may happen to type a word that was deleted; not more.
 */
export function restoreElsewhere(history: History, row: RowFacts, letters: readonly Y.Item[]): void {
	const open = [...new Set(letters.flatMap((item) => (isLinked(history, item) ? [] : (blockOf(item) ?? []))))];
	const left = () =>
		open.flatMap((block) => runsOf(history, block, (l) => (isNew(history, row, l) ? 'take' : 'break')));
	const own = history.lastRowsOf(row.userId, row.seq, ROWS_BACK);
	const undoing = history.takingBack.has(row.seq) || history.takingBack.has(own[0]?.seq ?? 0);
	if (undoing && left().length > 0) linkDeletedBy(history, row, own.map(deletedBy(history)), left, matchLongParts);
	const long = () => left().filter(({ text }) => text.length >= LONG);
	if (long().length === 0) return;
	const lately = history.rows
		.slice(0, row.seq - 1)
		.slice(-ROWS_BACK)
		.reverse()
		.map(deletedBy(history));
	// Of what was moved several times the row that tells of all of it, before those that tell of a part.
	linkDeletedBy(history, row, lately, long, matchWithin);
	linkDeletedBy(history, row, lately, long, matchLongParts);
}

function linkDeletedBy(
	history: History,
	row: RowFacts,
	deleted: readonly Run[][],
	left: () => Run[],
	match: typeof matchLongParts
): void {
	for (const removed of deleted) {
		const inserted = left();
		if (inserted.length === 0) return;
		linkRuns(history, row.seq, removed, inserted, match);
	}
}

/** The text that a row deleted. */
function deletedBy(history: History): (row: RowFacts) => Run[] {
	return ({ seq, blocks }) =>
		blocks.flatMap((number) =>
			runsOf(history, history.block(number), (l) =>
				l.died === seq && l.born !== seq ? 'take' : history.standsAt(l.client, l.clock, seq) ? 'break' : 'skip'
			)
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

function letters(item: Y.Item): string {
	return item.content instanceof Y.ContentString ? item.content.str : '\n';
}
