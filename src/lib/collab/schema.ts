import { isSafeHref } from './href.ts';
import { LIMITS } from './limits.ts';
import { isAllowedLine } from './text.ts';

/**
 * What may stand in a samtale's document, as data: the ws-server judges updates by it, the renderer filters by it, and the
 * editor's ProseMirror schema must fit in it (a test compares them). Names and attributes only: which node may stand in which
 * is not judged, because honest concurrent edits merge into, say, empty list items.
 */
export const SCHEMA_VERSION = 1;

/** The two parts of a samtale, root fragments of one Yjs document. */
export const ROOTS = ['forberedelse', 'referat'] as const;
export type RootName = (typeof ROOTS)[number];

/** What an attribute's value may be; `default` is what a missing or unusable value means. */
export type AttrRule =
	| { kind: 'integer'; min: number; max: number; default: number }
	| { kind: 'boolean'; default: boolean }
	| { kind: 'oneOf'; values: readonly (string | null)[]; default: string | null }
	| { kind: 'tokens'; values: readonly string[]; default: null }
	| { kind: 'line'; maxLength: number; default: null }
	| { kind: 'href' };

type AttrTable = Readonly<Record<string, AttrRule>>;

const NONE: AttrTable = {};

export const NODES = {
	paragraph: NONE,
	heading: { level: { kind: 'integer', min: 1, max: 6, default: 1 } },
	bulletList: NONE,
	orderedList: {
		start: { kind: 'integer', min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER, default: 1 },
		type: { kind: 'oneOf', values: [null, '1', 'a', 'A', 'i', 'I'], default: null }
	},
	listItem: NONE,
	taskList: NONE,
	taskItem: { checked: { kind: 'boolean', default: false } },
	blockquote: NONE,
	hardBreak: NONE
} as const satisfies Record<string, AttrTable>;

export const MARKS = {
	bold: NONE,
	italic: NONE,
	link: {
		href: { kind: 'href' },
		target: { kind: 'oneOf', values: [null, '_blank'], default: null },
		rel: { kind: 'tokens', values: ['noopener', 'noreferrer', 'nofollow', 'ugc', 'external'], default: null },
		class: { kind: 'oneOf', values: [null], default: null },
		title: { kind: 'line', maxLength: LIMITS.titleLength, default: null }
	}
} as const satisfies Record<string, AttrTable>;

export type NodeName = keyof typeof NODES;
export type MarkName = keyof typeof MARKS;
export type Scalar = string | number | boolean | null;

// Looked up by names that come from outside: own properties only, so that `constructor` and `__proto__` are unknown.
const nodeTables = new Map<string, AttrTable>(Object.entries(NODES));
const markTables = new Map<string, AttrTable>(Object.entries(MARKS));

export function isRootName(name: string): name is RootName {
	return (ROOTS as readonly string[]).includes(name);
}

export function isNodeName(name: string): name is NodeName {
	return nodeTables.has(name);
}

export function isMarkName(name: string): name is MarkName {
	return markTables.has(name);
}

/** The rule for an attribute of a node; undefined when the node has none of that name. */
export function nodeAttrRule(node: NodeName, attr: string): AttrRule | undefined {
	return ownRule(nodeTables.get(node), attr);
}

/** Whether any node has an attribute of that name. */
export function isAttrName(attr: string): boolean {
	for (const table of nodeTables.values()) if (Object.hasOwn(table, attr)) return true;
	return false;
}

/** Whether `value` may be the value of an attribute under `rule`. */
export function fitsRule(rule: AttrRule, value: unknown): boolean {
	switch (rule.kind) {
		case 'integer':
			return Number.isSafeInteger(value) && (value as number) >= rule.min && (value as number) <= rule.max;
		case 'boolean':
			return typeof value === 'boolean';
		case 'oneOf':
			return (rule.values as readonly unknown[]).includes(value);
		case 'tokens':
			return value === null || (typeof value === 'string' && areTokens(value, rule.values));
		case 'line':
			return value === null || (typeof value === 'string' && value.length <= rule.maxLength && isAllowedLine(value));
		case 'href':
			return isSafeHref(value);
	}
}

/** Whether `value` may be the value of attribute `attr` of a node. For the editor: usable as ProseMirror's `validate`. */
export function isValidNodeAttr(node: NodeName, attr: string, value: unknown): boolean {
	const rule = nodeAttrRule(node, attr);
	return rule !== undefined && fitsRule(rule, value);
}

/** The same for a mark's attribute. */
export function isValidMarkAttr(mark: MarkName, attr: string, value: unknown): boolean {
	const rule = ownRule(markTables.get(mark), attr);
	return rule !== undefined && fitsRule(rule, value);
}

/**
 * Whether `value` may stand behind a mark's name in Yjs: null ends the mark; bold and italic are `{}` (as y-tiptap writes them) or
 * true; a link is an object with a safe `href` and nothing unknown.
 */
export function isValidMark(mark: MarkName, value: unknown): boolean {
	if (value === null) return true;
	const table = markTables.get(mark) ?? NONE;
	const required = Object.keys(table).filter((attr) => table[attr]?.kind === 'href');
	if (value === true) return required.length === 0;
	if (typeof value !== 'object' || Array.isArray(value)) return false;
	const attrs = Object.entries(value);
	return (
		required.every((attr) => Object.hasOwn(value, attr)) &&
		attrs.every(([attr, each]) => isValidMarkAttr(mark, attr, each))
	);
}

function ownRule(table: AttrTable | undefined, attr: string): AttrRule | undefined {
	return table !== undefined && Object.hasOwn(table, attr) ? table[attr] : undefined;
}

function areTokens(value: string, known: readonly string[]): boolean {
	const tokens = value.split(' ');
	return tokens.length <= known.length && tokens.every((token) => known.includes(token));
}
