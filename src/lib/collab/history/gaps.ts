import * as Y from 'yjs';
import type { History, RowFacts } from './history.ts';
import { formerUnits, isLinked, mayReturn, type Unit } from './returning.ts';
import { extend, linkRuns, runsOf, unitsOf, type Run } from './run.ts';
import { textOf, type Letters, type Segment } from './segments.ts';
import { blockOf, nodeOf, type Node } from './tree.ts';

/** Text that comes back into a block which was itself brought back: its neighbours tell, or what was done last. */

/** Text in blocks that were brought back, now or earlier. */
export function restoreInBlocks(history: History, row: RowFacts, letters: readonly Y.Item[]): void {
	const open = new Set(letters.flatMap((item) => (isLinked(history, item) ? [] : (broughtBack(history, item) ?? []))));
	for (const block of open) restoreGaps(history, row, block);
}

/** Text in a block that was brought back earlier: what had stood between the same neighbours in the former block. */
function restoreGaps(history: History, row: RowFacts, block: Node): void {
	const formers = formersOf(history, block);
	for (const gap of gapsOf(history, row, block)) {
		const { text } = gap.run;
		for (const former of formers) {
			const removed =
				gap.left === undefined && gap.right === undefined
					? lastDeleted(history, row, block, former, text)
					: formerText(history, row, former, gap);
			if (removed === undefined) continue;
			const exact = { ...gap.run, block: former, parts: unitsOf(removed, removed.text.indexOf(text), text.length) };
			linkRuns(history, row.seq, [exact], [gap.run]);
			break;
		}
	}
}

/**
 * Where no neighbour tells, only the next step of an undo counts: in a block that the person brought back, and has done nothing but take
 * back since, what their last rows had deleted, those left out that have been taken back. Whoever types into an empty paragraph may happen to type what
 * once stood there.
 */
function lastDeleted(history: History, row: RowFacts, block: Node, former: Node, text: string): Run | undefined {
	const brought = block._item && history.links.from(block._item.id.client, block._item.id.clock)?.seq;
	if (brought === null || brought === undefined) return undefined;
	const since = history.rows.slice(brought - 1, row.seq - 1).filter(({ userId }) => userId === row.userId);
	if (since[0]?.seq !== brought || !since.every(({ seq }) => history.takingBack.has(seq))) return undefined;
	const gone = [...textOf(history, former)].flatMap((l) => (l && mayReturn(history, row, l) ? (l.died ?? []) : []));
	const steps = [...new Set(gone)].filter((seq) => !history.takenBack.has(seq)).sort((a, b) => b - a);
	// One step of an undo may be several rows.
	const taken = new Set<number | undefined>();
	for (const seq of steps) {
		taken.add(seq);
		const runs = runsOf(history, former, (l) => (taken.has(l.died) && mayReturn(history, row, l) ? 'take' : 'skip'));
		const run = runs.find((each) => each.text === text);
		if (run) return run;
	}
	return undefined;
}

/** New text, and all that its neighbours have been before they were moved or brought back. */
type Gap = { run: Run; left: Unit[] | undefined; right: Unit[] | undefined };

/** The new text of a block, each with where its neighbours came from. */
function gapsOf(history: History, row: RowFacts, block: Node): Gap[] {
	const gaps: Gap[] = [];
	let left: Unit[] | undefined;
	let open: Gap | undefined;
	for (const letters of textOf(history, block)) {
		if (letters === undefined || letters.died !== undefined) continue;
		const from = history.links.from(letters.client, letters.clock);
		if (from === undefined && letters.born === row.seq) {
			if (open === undefined)
				gaps.push((open = { run: { block, text: '', before: '', behind: '', parts: [] }, left, right: undefined }));
			extend(open.run, letters);
			continue;
		}
		if (open !== undefined && from !== undefined) open.right = formerUnits(history, letters.client, letters.clock);
		open = undefined;
		if (from !== undefined) left = formerUnits(history, letters.client, letters.clock + letters.len - 1);
	}
	return gaps;
}

/**
 * Text that a row writes anew together with what stands before and behind it: if that very text had stood between the two, whoever took it away meanwhile,
 * it is that text. One who had not seen it go has written the whole of it anew.
 */
export function restoreBetween(history: History, row: RowFacts, letters: readonly Y.Item[]): void {
	const open = new Set(letters.flatMap((item) => (isLinked(history, item) ? [] : (blockOf(item) ?? []))));
	for (const block of open)
		for (const { run, left, right } of gapsOf(history, row, block)) {
			const pairs = (left ?? []).slice(0, STEPS_BACK).flatMap((from) => {
				const former = blockAt(history, from);
				const to = right?.slice(0, STEPS_BACK).find((unit) => blockAt(history, unit) === former);
				return former && to ? [{ former, from, to }] : [];
			});
			for (const { former, from, to } of pairs) {
				const removed = goneBetween(history, row, former, from, to).find(({ text }) => text === run.text);
				if (!removed) continue;
				linkRuns(history, row.seq, [removed], [run]);
				break;
			}
		}
}

/** What stood between two units of a block, as one run, before each row that took some of it away; the latest first. */
function goneBetween(history: History, row: RowFacts, block: Node, from: Unit, to: Unit): Run[] {
	const gone = textBetween(history, block, from, to, ({ died }) => died !== undefined && died < row.seq);
	const units = gone.flatMap(({ parts }) => parts);
	const deaths = new Set(units.flatMap(({ client, clock }) => history.lifeOf(client, clock).died ?? []));
	return [...deaths]
		.sort((a, b) => b - a)
		.slice(0, STEPS_BACK)
		.flatMap((died) =>
			textBetween(history, block, from, to, (l) => history.standsAt(l.client, l.clock, died - 1)).slice(0, 1)
		);
}

function blockAt(history: History, { client, clock }: Unit): Node | undefined {
	const item = Y.getItem(history.doc.store, Y.createID(client, clock));
	return item instanceof Y.Item ? blockOf(item) : undefined;
}

/** Neighbours are tried as what they have been, this many steps back. */
const STEPS_BACK = 8;

/** Deleted text of a former block that holds the text of a gap, and stood between the same neighbours. */
function formerText(history: History, row: RowFacts, former: Node, { run, left, right }: Gap): Run | undefined {
	const isMoved = ({ client, clock, died }: Letters) => history.links.to(client, clock)?.seq === died;
	// First what was only deleted; then what somebody had moved elsewhere, where it may stand still.
	for (const moved of [false, true])
		for (const from of left?.slice(0, STEPS_BACK) ?? [undefined])
			for (const to of right?.slice(0, STEPS_BACK) ?? [undefined]) {
				const may = (letters: Letters) => mayReturn(history, row, letters) && (moved || !isMoved(letters));
				const found = textBetween(history, former, from, to, may).find(({ text }) => text.includes(run.text));
				if (found) return found;
			}
	return undefined;
}

/** The text of a block between two of its units, as far as it may be taken. */
function textBetween(
	history: History,
	block: Node,
	left: Unit | undefined,
	right: Unit | undefined,
	may: (letters: Letters) => boolean
): Run[] {
	let inside = left === undefined;
	return runsOf(history, block, (letters) => {
		if (right && holds(letters, right)) inside = false;
		const take = inside && may(letters);
		if (left && holds(letters, left)) inside = true;
		return take ? 'take' : 'skip';
	});
}

function holds(segment: Segment, { client, clock }: Unit): boolean {
	return client === segment.client && clock >= segment.clock && clock < segment.clock + segment.len;
}

/** The text node or block that an item stands in, if that was brought back. */
function broughtBack(history: History, item: Y.Item): Node | undefined {
	return [item.parent, blockOf(item)].find(
		(node): node is Node =>
			(node instanceof Y.XmlText || node instanceof Y.XmlFragment) && formerOf(history, node) !== undefined
	);
}

/** The blocks that a block has been, the latest first. */
function formersOf(history: History, block: Node): Node[] {
	const formers: Node[] = [];
	for (let at = formerOf(history, block); at !== undefined; at = formerOf(history, at)) formers.push(at);
	return formers;
}

/** The block that a block was before it was brought back. */
function formerOf(history: History, block: Node): Node | undefined {
	if (block._item === null) return undefined;
	const from = history.links.from(block._item.id.client, block._item.id.clock);
	if (from === undefined) return undefined;
	const item = Y.getItem(history.doc.store, Y.createID(from.client, from.clock));
	return item instanceof Y.Item ? nodeOf(item) : undefined;
}
