import * as Y from 'yjs';

/** A node of the document as Yjs keeps it: a root or an element (both have a list of children), or a text. */
export type Node = Y.XmlFragment | Y.XmlText;

/** What an item of a list holds for people. */
export function nodeOf(item: Y.Item): Node | undefined {
	const type = item.content instanceof Y.ContentType ? item.content.type : undefined;
	return type instanceof Y.XmlFragment || type instanceof Y.XmlText ? type : undefined;
}

export function isBreak(node: Node | undefined): boolean {
	return node instanceof Y.XmlElement && node.nodeName === 'hardBreak';
}

/** Whether an item is text, or a line break. */
export function isLetter(item: Y.Item): boolean {
	return item.content instanceof Y.ContentString || isBreak(nodeOf(item));
}

/** The items of a node's list in order, deleted ones too. */
export function* itemsOf(node: Node): Generator<Y.Item> {
	for (let item = node._start; item !== null; item = item.right) yield item;
}

/**
 * The characters of a textblock (paragraph, heading, or whatever text stands in), in order, deleted ones too; a line break is
 * one character. `undefined` where a block stands within.
 */
export function* lettersOf(block: Node): Generator<{ item: Y.Item; text: string } | undefined> {
	for (const item of itemsOf(block)) {
		const node = nodeOf(item);
		if (item.content instanceof Y.ContentString) yield { item, text: item.content.str };
		else if (node instanceof Y.XmlText) yield* lettersOf(node);
		else if (isBreak(node)) yield { item, text: '\n' };
		else if (node !== undefined) yield undefined;
	}
}

/** The block that a change of this item is a change of: for text the paragraph that it stands in. */
export function blockOf(item: Y.Item): Node | undefined {
	const parent = item.parent;
	if (parent instanceof Y.XmlText) return blockOfText(parent);
	if (!(parent instanceof Y.XmlFragment)) return undefined;
	const node = item.parentSub === null ? nodeOf(item) : undefined;
	return node instanceof Y.XmlElement && !isBreak(node) ? node : parent;
}

function blockOfText(text: Y.XmlText): Node {
	const parent = text._item?.parent;
	return parent instanceof Y.XmlElement ? parent : text;
}

/** The root that a node stands under. */
export function rootOf(node: Node): Node {
	let root: Node = node;
	for (let item = root._item; item !== null; item = root._item) root = item.parent as Node;
	return root;
}

/** «bulletList listItem paragraph»: what kind of place a node is. */
export function placeOf(node: Node): string {
	const names: string[] = [];
	for (let at: Node = node; at._item !== null; at = at._item.parent as Node)
		if (at instanceof Y.XmlElement) names.unshift(at.nodeName);
	return names.join(' ');
}

/** Every block under a node, in order, deleted ones too. */
export function* blocksUnder(node: Node): Generator<Y.XmlElement> {
	for (const item of itemsOf(node)) {
		const child = nodeOf(item);
		if (!(child instanceof Y.XmlElement) || isBreak(child)) continue;
		yield child;
		yield* blocksUnder(child);
	}
}
