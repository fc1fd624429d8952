import * as Y from 'yjs';
import { nodeAttrRule, fitsRule, type NodeName } from '#lib/collab/schema.ts';
import { LIMITS } from '#lib/collab/limits.ts';
import { Refusal } from './refusal.ts';
import type { Struct } from './struct.ts';

/** A node or text that the update under judgement makes; the document does not have it yet. */
export interface NewType {
	/** null: a text. */
	nodeName: NodeName | null;
	depth: number;
}

/** A root that the document has not defined yet. */
export const NEW_ROOT = { depth: 0 } as const;

/** Any type of Yjs, as its own declarations name it. */
export type SharedType = NonNullable<ReturnType<Y.Doc['share']['get']>>;

export type Parent = SharedType | NewType | typeof NEW_ROOT;

/** Where a struct will stand: among the children of `parent`, or as its attribute `sub`. */
export interface Place {
	parent: Parent;
	sub: string | null;
}

/**
 * Judges whether new content may stand where it will stand. Names and values were judged when it was decoded; here: nodes and
 * texts in roots and nodes, characters and marks in texts, and each node only with its own attributes.
 *
 * @returns the type that it makes, if it makes one.
 * @throws Refusal
 */
export function judgeContent(struct: Struct, { parent, sub }: Place): NewType | null {
	if (sub !== null) {
		judgeAttr(struct, nodeNameOf(parent), sub);
		return null;
	}
	switch (struct.kind) {
		case 'deleted':
			return null;
		case 'text':
		case 'format':
			if (!isText(parent)) throw new Refusal('invalid', 'characters outside a text');
			return null;
		case 'element':
		case 'xmlText':
			if (nodeNameOf(parent) === null && !isRoot(parent)) throw new Refusal('invalid', 'node within a text');
			return newType(struct, parent);
		default:
			throw new Refusal('invalid', 'value outside an attribute');
	}
}

function judgeAttr(struct: Struct, nodeName: NodeName | null, sub: string): void {
	const rule = nodeName === null ? undefined : nodeAttrRule(nodeName, sub);
	if (rule === undefined) throw new Refusal('invalid', 'no such attribute here');
	if (struct.kind === 'deleted') return;
	if (struct.kind !== 'attr' || !struct.values.every((value) => fitsRule(rule, value)))
		throw new Refusal('invalid', 'attribute value not allowed');
}

function newType(struct: Struct, parent: Parent): NewType {
	const depth = depthOf(parent) + 1;
	if (depth > LIMITS.depth) throw new Refusal('tooDeep', 'nested too deeply');
	return { nodeName: struct.nodeName, depth };
}

function depthOf(parent: Parent): number {
	if (!(parent instanceof Y.AbstractType)) return parent.depth;
	let depth = 0;
	for (let item = parent._item; item !== null; item = (item.parent as SharedType)._item) depth += 1;
	return depth;
}

function isRoot(parent: Parent): boolean {
	return parent instanceof Y.AbstractType ? parent._item === null : parent === NEW_ROOT;
}

function isText(parent: Parent): boolean {
	if (parent instanceof Y.AbstractType) return parent._item !== null && parent instanceof Y.XmlText;
	return parent !== NEW_ROOT && (parent as NewType).nodeName === null;
}

function nodeNameOf(parent: Parent): NodeName | null {
	if (parent instanceof Y.AbstractType) {
		return parent._item !== null && parent instanceof Y.XmlElement ? (parent.nodeName as NodeName) : null;
	}
	return parent === NEW_ROOT ? null : (parent as NewType).nodeName;
}
