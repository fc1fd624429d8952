import type { Fragment, Node as PmNode } from '@tiptap/pm/model';
import { updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { LIMITS } from '#lib/collab/limits.ts';
import { ROOTS } from '#lib/collab/schema.ts';

/** What an element with its attributes, or one end of a mark, costs at most in a Yjs update, beside its own data. Bytes. */
const STRUCT = 64;
/** Kept free under the server's limits for what an estimate cannot know, and for a second pair of hands. Bytes. */
export const MARGIN = 1024;
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const UNIT = 3;

/**
 * Depth and number of nodes as the server counts them (adjacent text is one node, one level below its block), and how many
 * bytes it takes at most to write all of it anew in Yjs.
 */
export function shapeOf(content: Fragment): { depth: number; nodes: number; bytesAtMost: number } {
	const shape = { depth: 0, nodes: 0, bytesAtMost: 0 };
	const stack: [Fragment, number][] = [[content, 1]];
	for (let next = stack.pop(); next; next = stack.pop()) {
		const [children, depth] = next;
		for (let i = 0; i < children.childCount; i++) {
			const child = children.child(i);
			shape.depth = Math.max(shape.depth, depth);
			shape.bytesAtMost += bytesAtMost(child);
			if (!child.isText || i === 0 || !children.child(i - 1).isText) shape.nodes++;
			if (child.childCount > 0) stack.push([child.content, depth + 1]);
		}
	}
	return shape;
}

function bytesAtMost(node: PmNode): number {
	const marks = node.marks.reduce((sum, { attrs }) => sum + 2 * (STRUCT + UNIT * JSON.stringify(attrs).length), 0);
	return STRUCT + marks + UNIT * (node.text?.length ?? 0);
}

/** How many nodes the document's other parts hold. */
export function nodesOutside(fragment: Y.XmlFragment): number {
	const others = ROOTS.map((name) => fragment.doc?.getXmlFragment(name)).filter((other) => other && other !== fragment);
	let nodes = 0;
	const stack = others.flatMap((other) => other?.toArray() ?? []);
	for (let next = stack.pop(); next; next = stack.pop()) {
		nodes++;
		if (next instanceof Y.XmlElement) stack.push(...next.toArray());
	}
	return nodes;
}

/** The size of the update that an edit leads to: does it on a copy and measures. */
export function bytesOfEdit(edited: PmNode, fragment: Y.XmlFragment): number {
	if (!fragment.doc) return 0;
	const copy = new Y.Doc({ gc: false });
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(fragment.doc));
	copy.clientID = fragment.doc.clientID;
	let bytes = 0;
	copy.on('update', (update: Uint8Array) => (bytes += update.length));
	const root = copy.getXmlFragment(Y.findRootTypeKey(fragment));
	copy.transact(() => updateYFragment(copy, root, edited, { mapping: new Map(), isOMark: new Map() }));
	copy.destroy();
	return bytes;
}

const measured = new WeakMap<Y.Doc, { bytes: number }>();

/**
 * Whether the whole document stays under its limit with another `extra` bytes. A running sum of updates overstates the size
 * (headers, runs that merge), so only what seems full is measured. The Y.Doc must keep deleted text (`gc: false`), as the
 * server's does.
 */
export function hasRoom(doc: Y.Doc, extra: number): boolean {
	const limit = LIMITS.documentBytes - MARGIN;
	const size = measured.get(doc) ?? measure(doc);
	if (size.bytes + extra > limit) size.bytes = Y.encodeStateAsUpdate(doc).length;
	return size.bytes + extra <= limit;
}

function measure(doc: Y.Doc): { bytes: number } {
	const size = { bytes: Y.encodeStateAsUpdate(doc).length };
	measured.set(doc, size);
	doc.on('update', (update: Uint8Array) => (size.bytes += update.length));
	return size;
}
