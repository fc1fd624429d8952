import * as Y from 'yjs';
import type { Changes } from './changes.ts';
import { restoreBetween, restoreInBlocks } from './gaps.ts';
import type { History, RowFacts } from './history.ts';
import { restoreBlocks, restoreChangedBlocks, restoreElsewhere, restoreTexts } from './restored.ts';
import { isBack, linkRuns, runsOf, type Run } from './run.ts';
import { matchLongParts } from './match.ts';
import { hasOrigin } from './returning.ts';
import { blockOf, blocksUnder, isLetter, rootOf, type Node } from './tree.ts';

/**
 * Finds which of what a row inserted is former text (promise 2): what the row itself deleted (a split, a heading, a list, a
 * move), and what its person had deleted and takes back (undo).
 */
export function findMoved(history: History, row: RowFacts, changes: Changes): void {
	const born = changes.born.filter((item) => !item.deleted && item.parentSub === null);
	const letters = born.filter(isLetter);
	restoreTexts(history, row, letters);
	// Before what the row only moved: an undo deletes what had been moved since, and brings back all that had stood in the block.
	restoreBlocks(history, row, born);
	const died = letters.length > 0 ? changes.died.filter(isLetter) : [];
	if (died.length > 0)
		linkRuns(history, row.seq, removedRuns(history, row.seq, died), insertedRuns(history, row.seq, letters));
	restoreChangedBlocks(history, row, born);
	restoreInBlocks(history, row, letters);
	restoreBetween(history, row, letters);
	restoreElsewhere(history, row, letters);
	linkPassing(history, row, changes);
}

/** What a row of several acts wrote and deleted again on the way. Nobody saw it, but an undo may bring back that very text. */
function linkPassing(history: History, { seq }: RowFacts, { born, died }: Changes): void {
	const passing = born.filter((item) => item.deleted && isLetter(item));
	if (passing.length === 0) return;
	const removed = blocksOf(died.filter(isLetter)).flatMap((block) =>
		runsOf(history, block, (letters) => (letters.born !== seq && letters.died === seq ? 'take' : 'skip'))
	);
	const written = blocksOf(passing).flatMap((block) =>
		runsOf(history, block, (letters) =>
			letters.born === seq && letters.died === seq && !hasOrigin(history, letters) ? 'take' : 'skip'
		)
	);
	linkRuns(history, seq, removed, written, matchLongParts);
}

function removedRuns(history: History, seq: number, died: Y.Item[]): Run[] {
	return blocksOf(died).flatMap((block) =>
		runsOf(history, block, (letters) => {
			if (letters.born === seq) return 'skip';
			if (letters.died === undefined) return 'break';
			return letters.died === seq && !isBack(history, letters) ? 'take' : 'skip';
		})
	);
}

function insertedRuns(history: History, seq: number, born: Y.Item[]): Run[] {
	return blocksOf(born).flatMap((block) =>
		runsOf(history, block, (letters) => {
			if (letters.died !== undefined) return 'skip';
			if (letters.born !== seq) return 'break';
			return history.links.from(letters.client, letters.clock) === undefined ? 'take' : 'skip';
		})
	);
}

/** The blocks of these items, in the order of the document. */
function blocksOf(items: Y.Item[]): Node[] {
	const blocks = new Set(items.flatMap((item) => blockOf(item) ?? []));
	if (blocks.size < 2) return [...blocks];
	const roots = new Set([...blocks].map(rootOf));
	const ordered = [...roots].flatMap((root) => [...blocksUnder(root)].filter((block) => blocks.has(block)));
	const odd = [...blocks].filter((block) => !(block instanceof Y.XmlElement));
	return [...ordered, ...odd];
}
