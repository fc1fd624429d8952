import { LIMITS } from './limits.ts';
import { fitsRule, isMarkName, isNodeName, isValidMark, nodeAttrRule, type NodeName, type Scalar } from './schema.ts';
import { cleanText } from './text.ts';

export type DocMark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; href: string; title: string | null };

/** A node that may be rendered as it is: every name known, every attribute present and valid, every text clean. */
export type DocNode =
	| { type: 'text'; text: string; marks: DocMark[] }
	| { type: 'hardBreak' }
	| { type: 'heading'; level: number; content: DocNode[] }
	| { type: 'orderedList'; start: number; style: string | null; content: DocNode[] }
	| { type: 'taskItem'; checked: boolean; content: DocNode[] }
	| { type: Exclude<NodeName, 'hardBreak' | 'heading' | 'orderedList' | 'taskItem'>; content: DocNode[] };

export interface SafeDoc {
	type: 'doc';
	content: DocNode[];
}

/**
 * The whitelist filter before anything is shown outside the editor (finalized HTML, history, PDF, mail). An unknown node gives way
 * to what is known within it, an unknown or invalid mark to its plain text, an invalid attribute to its default; what is no
 * ProseMirror JSON at all vanishes. Never throws, and never looks deeper than an accepted document can be.
 */
export function sanitizeDoc(json: unknown): SafeDoc {
	return { type: 'doc', content: safeContent(json, 0) };
}

function safeContent(node: unknown, depth: number): DocNode[] {
	const content = property(node, 'content');
	if (!Array.isArray(content) || depth > LIMITS.depth) return [];
	return content.flatMap((child: unknown) => safeNode(child, depth + 1));
}

function safeNode(node: unknown, depth: number): DocNode[] {
	const type = property(node, 'type');
	if (type === 'text') return safeText(node);
	if (typeof type !== 'string' || !isNodeName(type)) return safeContent(node, depth);
	const attr = <T extends Scalar>(name: string) => safeAttr(type, name, property(property(node, 'attrs'), name)) as T;
	switch (type) {
		case 'hardBreak':
			return [{ type }];
		case 'heading':
			return [{ type, level: attr<number>('level'), content: safeContent(node, depth) }];
		case 'orderedList':
			return [
				{ type, start: attr<number>('start'), style: attr<string | null>('type'), content: safeContent(node, depth) }
			];
		case 'taskItem':
			return [{ type, checked: attr<boolean>('checked'), content: safeContent(node, depth) }];
		default:
			return [{ type, content: safeContent(node, depth) }];
	}
}

function safeText(node: unknown): DocNode[] {
	const text = property(node, 'text');
	const clean = typeof text === 'string' ? cleanText(text) : '';
	if (clean === '') return [];
	const marks = property(node, 'marks');
	return [{ type: 'text', text: clean, marks: Array.isArray(marks) ? marks.flatMap(safeMark) : [] }];
}

function safeMark(mark: unknown): DocMark[] {
	const type = property(mark, 'type');
	const attrs = property(mark, 'attrs') ?? true;
	if (typeof type !== 'string' || !isMarkName(type) || !isValidMark(type, attrs)) return [];
	if (type !== 'link') return [{ type }];
	const title = property(attrs, 'title');
	return [{ type, href: property(attrs, 'href') as string, title: typeof title === 'string' ? title : null }];
}

function safeAttr(node: NodeName, name: string, value: unknown): Scalar {
	const rule = nodeAttrRule(node, name);
	if (rule === undefined || rule.kind === 'href') return null;
	return fitsRule(rule, value) ? (value as Scalar) : rule.default;
}

function property(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Record<string, unknown>)[name]
		: undefined;
}
