import * as Y from 'yjs';
import type { ChangeSet } from './change-set.ts';
import { concealNodes, type FindSecrets } from './conceal.ts';
import { blockFate, lettersOfBlock } from './diff.ts';
import type { DiffNode, PieceStatus } from './difference.ts';
import { nodeOf, type Node } from './tree.ts';
import { standingAt, textAt } from './version.ts';

/** What some rows did, in few words. */
export type Summary = {
	/** Each text that stands together. */
	added: string[];
	removed: string[];
	formatted: boolean;
	moved: boolean;
	/** The nearest heading above the first change, else the beginning of its paragraph; may be empty. */
	place: string;
};

/** Sums up what rows did, by the blocks that they touched. */
export function summaryOf(set: ChangeSet, touched: Iterable<Node>, find: FindSecrets): Summary {
	const summary: Summary = { added: [], removed: [], formatted: false, moved: false, place: '' };
	let shaped = false;
	let first: Node | undefined;
	let firstTouched: Node | undefined;
	for (const block of touched) {
		firstTouched ??= block;
		const content = concealNodes(lettersOfBlock(set, block), find);
		const fate = block instanceof Y.XmlElement ? blockFate(set, block, content) : undefined;
		for (const each of [...content, fate]) {
			if (each === undefined || !('status' in each) || each.status !== 'same') continue;
			if (each.touch === 'formatted') summary.formatted = true;
			if (each.touch === 'moved') summary.moved = true;
		}
		summary.added.push(...textsOf(content, 'added'));
		summary.removed.push(...textsOf(content, 'removed'));
		const changed = content.some(isTouched) || (fate !== undefined && isTouched(fate));
		if (changed) first ??= block;
		shaped ||= changed;
	}
	// Nothing but empty paragraphs or list marks came or went.
	const nothingElse = summary.added.length + summary.removed.length === 0 && !summary.moved;
	if (shaped && nothingElse) summary.formatted = true;
	const at = first ?? firstTouched;
	if (at !== undefined) summary.place = conceal(placeName(set, at), find);
	return summary;
}

function isTouched(node: { status: PieceStatus; touch: unknown } | DiffNode): boolean {
	return 'status' in node && (node.status !== 'same' || node.touch !== null);
}

/** The texts of one status, each as long as nothing that stays lies between. */
function textsOf(content: readonly DiffNode[], status: PieceStatus): string[] {
	const texts: string[] = [];
	let open = false;
	for (const node of content) {
		if (!('status' in node) || 'content' in node) continue;
		if (node.status === status) {
			const text = node.type === 'text' ? node.text : '\n';
			if (open) texts[texts.length - 1] += text;
			else texts.push(text);
			open = true;
		} else if (node.status === 'same') open = false;
	}
	return texts;
}

/** The nearest heading at or above a block, as it stood after the rows; else how the block begins. */
function placeName(set: ChangeSet, block: Node): string {
	let top: Y.Item | null = block._item;
	while (top !== null && (top.parent as Node)._item !== null) top = (top.parent as Node)._item;
	for (let item = top; item !== null; item = item.left) {
		const node = nodeOf(item);
		if (!(node instanceof Y.XmlElement) || node.nodeName !== 'heading') continue;
		if (!set.standsAfter(item.id.client, item.id.clock)) continue;
		const text = textAfter(set, node);
		if (text.trim() !== '') return text;
	}
	return textAfter(set, block);
}

function textAfter(set: ChangeSet, block: Node): string {
	const stands = standingAt(set.history, set.last);
	if (block instanceof Y.XmlText)
		return textAt(set.history, block, stands)
			.map(({ insert }) => insert)
			.join('');
	const texts: string[] = [];
	for (let item = block._start; item !== null; item = item.right) {
		const node = nodeOf(item);
		if (node instanceof Y.XmlText && stands(item.id.client, item.id.clock)) texts.push(textAfter(set, node));
	}
	return texts.join('');
}

function conceal(text: string, find: FindSecrets): string {
	return concealNodes([{ type: 'text', text, marks: [] }], find)
		.map((node) => ('text' in node ? node.text : ''))
		.join('');
}
