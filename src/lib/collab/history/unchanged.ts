import type * as Y from 'yjs';
import type { History } from './history.ts';
import { lookOf } from './look.ts';
import { itemsOf, type Node } from './tree.ts';
import { itemAt, type Stands } from './version.ts';

/** Beyond this many pairs in the middle of a document, only what begins and ends alike counts. */
const MAX_PAIRS = 4_000_000;

type Block = { item: Y.Item; look: string };

/**
 * The top-level blocks that need not change for a part to look as it did: those that stand now and, for each, the one that it
 * stands for. A block that was deleted and brought back is another one to Yjs, and the same to people.
 */
export function unchangedBlocks(history: History, root: Node, now: Stands, then: Stands): Y.Item[] {
	const here = blocksAt(history, root, now);
	const there = blocksAt(history, root, then);
	const pairs: [Block, Block][] = [];
	let start = 0;
	while (start < Math.min(here.length, there.length) && here[start]?.look === there[start]?.look) {
		pairs.push([here[start] as Block, there[start] as Block]);
		start += 1;
	}
	let [a, b] = [here.length, there.length];
	while (a > start && b > start && here[a - 1]?.look === there[b - 1]?.look) {
		a -= 1;
		b -= 1;
		pairs.push([here[a] as Block, there[b] as Block]);
	}
	pairs.push(...longestCommon(here.slice(start, a), there.slice(start, b)));
	return pairs.flatMap(([x, y]) => [x.item, y.item]);
}

function blocksAt(history: History, root: Node, stands: Stands): Block[] {
	return [...itemsOf(root)].flatMap((item) => {
		const content = itemAt(history, item, stands);
		return content.length === 0 ? [] : [{ item, look: lookOf({ content }) }];
	});
}

/** The longest common subsequence by look. */
function longestCommon(a: Block[], b: Block[]): [Block, Block][] {
	if (a.length === 0 || b.length === 0 || a.length * b.length > MAX_PAIRS) return [];
	const width = b.length + 1;
	const lengths = new Uint32Array((a.length + 1) * width);
	const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--)
		for (let j = b.length - 1; j >= 0; j--)
			lengths[i * width + j] = a[i]?.look === b[j]?.look ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
	const pairs: [Block, Block][] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length;) {
		if (a[i]?.look === b[j]?.look) pairs.push([a[i++] as Block, b[j++] as Block]);
		else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
		else j += 1;
	}
	return pairs;
}
