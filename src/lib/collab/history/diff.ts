import * as Y from 'yjs';
import { canonicalJson } from '../canonical-json.ts';
import { sanitizeDoc, type DocMark } from '../safe-doc.ts';
import { ROOTS } from '../schema.ts';
import type { ChangeSet, Fate } from './change-set.ts';
import type { DiffBlock, Difference, DiffNode, Touch } from './difference.ts';
import { lettersIn, segmentsOf, type Letters } from './segments.ts';
import { isBreak, itemsOf, nodeOf, placeOf, type Node } from './tree.ts';
import { attrsAt, setMark, type Stands } from './version.ts';

type Shown = Exclude<Fate, { status: 'hidden' }>;
type TextPiece = Extract<DiffNode, { type: 'text' }>;

/** The parts that the rows touched, whole, with what they added and removed. */
export function differenceOf(set: ChangeSet): Difference {
	const difference: Difference = {};
	for (const part of ROOTS) {
		const nodes = nodesOf(set, set.history.doc.getXmlFragment(part));
		if (nodes.some(isChanged)) difference[part] = nodes;
	}
	return difference;
}

/** Whether rows did anything to a node, or to something in it. */
export function isChanged(node: DiffNode): boolean {
	if (node.type === 'unchanged') return false;
	return node.status !== 'same' || node.touch !== null || ('content' in node && node.content.some(isChanged));
}

/** The characters that stand directly in a block (not in blocks within it), with their fates. */
export function lettersOfBlock(set: ChangeSet, block: Node): DiffNode[] {
	if (block instanceof Y.XmlText) return textPieces(set, block);
	return [...itemsOf(block)].flatMap((item) => {
		const node = nodeOf(item);
		if (node instanceof Y.XmlText) return textPieces(set, node);
		return isBreak(node) ? breakPiece(set, item) : [];
	});
}

/** What rows did to a block itself: undefined where it stands neither before nor after them, or lives on as another. */
export function blockFate(set: ChangeSet, element: Y.XmlElement, content: readonly DiffNode[]): Shown | undefined {
	const { id } = element._item as Y.Item;
	const { history } = set;
	const born = history.inserted.at(id.client, id.clock);
	const author = history.authorOf(id.client, id.clock);
	if (set.standsAfter(id.client, id.clock)) {
		if (set.has(born)) {
			const touch = movedWithin(content);
			const by = set.personOf(born);
			return touch === null ? { status: 'added', author, by, touch: null } : { status: 'same', author, by, touch };
		}
		const by = formattedBy(set, element);
		return { status: 'same', author, by, touch: by === null ? null : 'formatted' };
	}
	if (!set.stoodBefore(id.client, id.clock)) return undefined;
	if (content.length === 0 && hadContent(set, element)) return undefined;
	return { status: 'removed', author, by: set.personOf(history.deleted.at(id.client, id.clock)), touch: null };
}

function nodesOf(set: ChangeSet, node: Node): DiffNode[] {
	if (node instanceof Y.XmlText) return textPieces(set, node);
	return [...itemsOf(node)].flatMap((item): DiffNode[] => {
		const child = nodeOf(item);
		const { client, clock } = item.id;
		if (child === undefined || (!set.standsAfter(client, clock) && !set.stoodBefore(client, clock))) return [];
		if (child instanceof Y.XmlText) return textPieces(set, child);
		if (isBreak(child)) return breakPiece(set, item);
		return child instanceof Y.XmlElement ? blockOf(set, child) : [];
	});
}

function blockOf(set: ChangeSet, element: Y.XmlElement): DiffNode[] {
	const content = nodesOf(set, element);
	const fate = blockFate(set, element, content);
	if (fate === undefined) return [];
	const attrs = attrsAt(element, fate.status === 'removed' ? before(set) : after(set));
	const [shell] = sanitizeDoc({ content: [{ type: element.nodeName, attrs }] }).content;
	// A node that nobody knows gives way to what is in it.
	if (shell === undefined || !('content' in shell)) return content;
	return [{ ...shell, ...fate, content } as DiffBlock];
}

function before(set: ChangeSet): Stands {
	return (client, clock) => set.stoodBefore(client, clock);
}

function after(set: ChangeSet): Stands {
	return (client, clock) => set.standsAfter(client, clock);
}

/** A new block around former text is that text, moved or formatted. */
function movedWithin(content: readonly DiffNode[]): Touch | null {
	let touch: Touch | null = null;
	for (const node of content) {
		if (node.type === 'unchanged' || node.status !== 'same' || node.touch === null) continue;
		if (node.touch === 'formatted') return 'formatted';
		touch = 'moved';
	}
	return touch;
}

/** Whether anything people could see stood directly in a block. */
function hadContent(set: ChangeSet, node: Node): boolean {
	return [...itemsOf(node)].some((item) => {
		const child = nodeOf(item);
		if (child instanceof Y.XmlText) return hadContent(set, child);
		if (child === undefined && !(item.content instanceof Y.ContentString)) return false;
		return [...segmentsOf(set.history, item)].some(({ client, clock }) => set.stoodBefore(client, clock));
	});
}

/** Who changed an attribute of a block that stayed. */
function formattedBy(set: ChangeSet, element: Y.XmlElement): string | null {
	const now = attrsAt(element, after(set));
	const was = attrsAt(element, before(set));
	for (const name of new Set([...Object.keys(now), ...Object.keys(was)])) {
		if (now[name] === was[name]) continue;
		const item = element._map.get(name);
		for (let at = item ?? null; at !== null; at = at.left) {
			const { client, clock } = at.id;
			const seqs = [set.history.deleted.at(client, clock), set.history.inserted.at(client, clock)];
			const seq = seqs.find((each) => set.has(each));
			if (seq !== undefined) return set.personOf(seq);
		}
	}
	return null;
}

function breakPiece(set: ChangeSet, item: Y.Item): DiffNode[] {
	return judged(set, item, '\n').map(({ fate }) => ({ type: 'hardBreak' as const, ...fate }));
}

/** An item's characters that are shown, with their fates. Text that came to another kind of block was formatted, not moved. */
function judged(set: ChangeSet, item: Y.Item, text: string): (Letters & { fate: Shown })[] {
	return [...lettersIn(set.history, item, text)].flatMap((letters) =>
		[...set.fatesOf(letters)].flatMap((each) => {
			const { fate } = each;
			if (fate.status === 'hidden') return [];
			const formatted = fate.touch === 'moved' && fate.status === 'same' && changedPlace(set, each);
			return [{ ...each, fate: formatted ? { ...fate, touch: 'formatted' as const } : fate }];
		})
	);
}

function changedPlace(set: ChangeSet, letters: Letters): boolean {
	const { unit } = set.movedFrom(letters);
	const former = unit && Y.getItem(set.history.doc.store, Y.createID(unit.client, unit.clock));
	const place = (item: Y.Item) => placeOf(item.parent as Node);
	return former instanceof Y.Item && place(former) !== place(letters.item);
}

function textPieces(set: ChangeSet, node: Y.XmlText): TextPiece[] {
	const pieces: TextPiece[] = [];
	const was = new Map<string, unknown>();
	const now = new Map<string, unknown>();
	const formatters = new Map<string, string | null>();
	for (const item of itemsOf(node)) {
		const { client, clock } = item.id;
		if (item.content instanceof Y.ContentFormat) {
			const [stood, stands] = [set.stoodBefore(client, clock), set.standsAfter(client, clock)];
			if (stood) setMark(was, item.content);
			if (stands) setMark(now, item.content);
			const seq = stands ? set.history.inserted.at(client, clock) : set.history.deleted.at(client, clock);
			if (stood !== stands) formatters.set(item.content.key, set.personOf(seq));
		}
		if (!(item.content instanceof Y.ContentString)) continue;
		for (const { text, fate } of judged(set, item, item.content.str)) {
			const key = fate.status === 'same' && fate.touch === null ? differing(was, now) : undefined;
			const touched =
				key === undefined ? fate : { ...fate, by: formatters.get(key) ?? null, touch: 'formatted' as const };
			push(pieces, { ...safeText(text, fate.status === 'removed' ? was : now), ...touched });
		}
	}
	return pieces;
}

/** A mark that holds before and not after, or the other way, or with another value. */
function differing(was: Map<string, unknown>, now: Map<string, unknown>): string | undefined {
	for (const key of new Set([...was.keys(), ...now.keys()])) {
		if (was.has(key) !== now.has(key) || canonicalJson(was.get(key) ?? null) !== canonicalJson(now.get(key) ?? null))
			return key;
	}
	return undefined;
}

function safeText(text: string, marks: Map<string, unknown>): { type: 'text'; text: string; marks: DocMark[] } {
	const raw = { type: 'text', text, marks: [...marks].map(([type, attrs]) => ({ type, attrs })) };
	const [safe] = sanitizeDoc({ content: [raw] }).content;
	return safe?.type === 'text' ? safe : { type: 'text', text: '', marks: [] };
}

/** Adds a piece to its like before it. */
function push(pieces: TextPiece[], piece: TextPiece): void {
	if (piece.text === '') return;
	const last = pieces.at(-1);
	if (last !== undefined && alike(last, piece)) last.text += piece.text;
	else pieces.push(piece);
}

function alike(a: TextPiece, b: TextPiece): boolean {
	if (a.status !== b.status || a.author !== b.author || a.by !== b.by || a.touch !== b.touch) return false;
	return (
		a.marks.length === b.marks.length && (a.marks.length === 0 || canonicalJson(a.marks) === canonicalJson(b.marks))
	);
}
