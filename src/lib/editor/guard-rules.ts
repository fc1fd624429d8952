import type { Node as PmNode } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import type * as Y from 'yjs';
import { LIMITS } from '#lib/collab/limits.ts';
import { isMarkName, isNodeName, isValidMarkAttr, isValidNodeAttr } from '#lib/collab/schema.ts';
import { isAllowedText } from '#lib/collab/text.ts';
import { findFodselsnumre } from '#lib/domain/fodselsnummer.ts';
import { bytesOfEdit, hasRoom, MARGIN, nodesOutside, shapeOf } from './guard-size.ts';

/** Why an edit is refused before it is applied. The server would refuse the same, but that would end the Y.Doc. */
export type Refusal = 'fodselsnummer' | 'too-large' | 'document-full' | 'too-deep' | 'too-many-nodes' | 'not-allowed';

/** An edit of at most so many bytes is taken for typing: too small to come near a limit, except that of the document. */
const SMALL = 8 * 1024;
const UPDATE_LIMIT = LIMITS.updateBytes - MARGIN;

/**
 * Whether a local edit may be applied; undefined means yes. Typing costs one look at its own block; only an edit of
 * structure or of much text is counted, and measured when it could be too large.
 *
 * @param fragment the part that the editor shows; its Y.Doc holds the other part too
 */
export function judge(tr: Transaction, fragment: Y.XmlFragment): Refusal | undefined {
	if (!tr.docChanged) return undefined;
	return judgeContent(tr, changedRange(tr)) ?? judgeSize(tr, fragment);
}

/** The part of the new document that the steps touched; all of it when a step is of a kind that moves nothing. */
function changedRange(tr: Transaction): { from: number; to: number } {
	const all = { from: 0, to: tr.doc.content.size };
	let from = Infinity;
	let to = 0;
	for (const [index, step] of tr.steps.entries()) {
		if (!(step instanceof ReplaceStep)) return all;
		const rest = tr.mapping.slice(index + 1);
		step.getMap().forEach((_oldFrom, _oldTo, newFrom, newTo) => {
			from = Math.min(from, rest.map(newFrom, -1));
			to = Math.max(to, rest.map(newTo, 1));
		});
	}
	return from <= to ? { from, to } : all;
}

function judgeContent(tr: Transaction, { from, to }: { from: number; to: number }): Refusal | undefined {
	let allowed = true;
	let found = false;
	tr.doc.nodesBetween(from, to, (node) => {
		allowed &&= isAllowedNode(node);
		found ||= node.isTextblock && findFodselsnumre(searchable(node)).length > 0;
		return allowed;
	});
	if (!allowed) return 'not-allowed';
	// A number that slipped in earlier must not stop anyone from writing around it, or from removing it.
	return found && hasMore(tr.doc, tr.before) ? 'fodselsnummer' : undefined;
}

function isAllowedNode(node: PmNode): boolean {
	const { name, schema } = node.type;
	if (node.isText) return isAllowedText(node.text ?? '') && node.marks.every(isAllowedMark);
	if (node.type === schema.topNodeType) return true;
	return isNodeName(name) && Object.entries(node.attrs).every(([attr, value]) => isValidNodeAttr(name, attr, value));
}

function isAllowedMark(mark: PmNode['marks'][number]): boolean {
	const { name } = mark.type;
	return isMarkName(name) && Object.entries(mark.attrs).every(([attr, value]) => isValidMarkAttr(name, attr, value));
}

/** The text of a block and the addresses of its links. */
function searchable(block: PmNode): string {
	const addresses = new Set<string>();
	block.descendants((node) => {
		for (const mark of node.marks) if (mark.type.name === 'link') addresses.add(String(mark.attrs.href));
	});
	return [block.textBetween(0, block.content.size, '\n', '\n'), ...addresses].join('\n');
}

function hasMore(after: PmNode, before: PmNode): boolean {
	const left = allNumbers(before);
	return allNumbers(after).some((number) => {
		const at = left.indexOf(number);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}

function allNumbers(doc: PmNode): string[] {
	const found: string[] = [];
	doc.descendants((node) => {
		if (node.isTextblock) found.push(...findFodselsnumre(searchable(node)));
		return !node.isTextblock;
	});
	return found;
}

function judgeSize(tr: Transaction, fragment: Y.XmlFragment): Refusal | undefined {
	const doc = fragment.doc;
	if (!doc) return undefined;
	// Taking text away is always possible, although the log keeps it.
	const grows = tr.doc.content.size > tr.before.content.size;
	if (isTyping(tr)) return grows && !hasRoom(doc, SMALL) ? 'document-full' : undefined;

	const shape = shapeOf(tr.doc.content);
	if (shape.depth > LIMITS.depth) return 'too-deep';
	if (shape.nodes + nodesOutside(fragment) > LIMITS.nodes) return 'too-many-nodes';
	// Splitting, wrapping and joining make Yjs write blocks anew, at most all of this part.
	if (shape.bytesAtMost <= UPDATE_LIMIT && hasRoom(doc, shape.bytesAtMost)) return undefined;
	const bytes = bytesOfEdit(tr.doc, fragment);
	if (bytes > UPDATE_LIMIT) return 'too-large';
	return grows && !hasRoom(doc, bytes) ? 'document-full' : undefined;
}

/** A little text put into, or taken out of, one block: Yjs then writes no more than that. */
function isTyping(tr: Transaction): boolean {
	return tr.steps.every((step, index) => {
		const before = tr.docs[index];
		if (!(step instanceof ReplaceStep) || !before) return false;
		const { content } = step.slice;
		for (let i = 0; i < content.childCount; i++) if (!content.child(i).isText) return false;
		const from = before.resolve(step.from);
		return from.parent.isTextblock && step.to <= from.end() && shapeOf(content).bytesAtMost <= SMALL;
	});
}
