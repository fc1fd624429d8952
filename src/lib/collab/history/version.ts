import * as Y from 'yjs';
import { sanitizeDoc } from '../safe-doc.ts';
import { ROOTS, type RootName } from '../schema.ts';
import type { VersionContent } from './difference.ts';
import type { History } from './history.ts';
import { lettersIn } from './segments.ts';
import { itemsOf, nodeOf, type Node } from './tree.ts';

/** Whether a unit stands in what is being rendered. */
export type Stands = (client: number, clock: number) => boolean;

/** Everything as it stood after row `seq`. */
export function standingAt(history: History, seq: number): Stands {
	return (client, clock) => history.standsAt(client, clock, seq);
}

/** Both parts as they stood after row `seq`, safe to show. */
export function versionAt(history: History, seq: number): VersionContent {
	const [forberedelse, referat] = ROOTS.map((part) => sanitizeDoc(jsonAt(history, part, seq)).content);
	return { forberedelse: forberedelse ?? [], referat: referat ?? [] };
}

/** One part as `toJson` (render.ts) of a replay up to row `seq` would give it. */
export function jsonAt(history: History, part: RootName, seq: number): { type: 'doc'; content: unknown[] } {
	const root = history.doc.getXmlFragment(part);
	return { type: 'doc', content: childrenAt(history, root, standingAt(history, seq)) };
}

function childrenAt(history: History, node: Node, stands: Stands): unknown[] {
	return [...itemsOf(node)].flatMap((item) => itemAt(history, item, stands));
}

/** What one item of a list shows: nothing, a block, or texts. */
export function itemAt(history: History, item: Y.Item, stands: Stands): unknown[] {
	const child = nodeOf(item);
	if (child === undefined || !stands(item.id.client, item.id.clock)) return [];
	if (child instanceof Y.XmlText) return textAt(history, child, stands).map(asText);
	if (!(child instanceof Y.XmlElement)) return [];
	const attrs = attrsAt(child, stands);
	const content = childrenAt(history, child, stands);
	return [
		{
			type: child.nodeName,
			...(Object.keys(attrs).length > 0 ? { attrs } : {}),
			...(hasChildAt(child, stands) ? { content } : {})
		}
	];
}

function hasChildAt(node: Node, stands: Stands): boolean {
	return [...itemsOf(node)].some((item) => nodeOf(item) !== undefined && stands(item.id.client, item.id.clock));
}

/** Text with the marks on it, as Y.XmlText's own delta. */
export type Delta = { insert: string; attributes?: Record<string, unknown> }[];

/** A text's delta as it stood. */
export function textAt(history: History, text: Y.XmlText, stands: Stands): Delta {
	const delta: Delta = [];
	const marks = new Map<string, unknown>();
	let pending = '';
	const flush = () => {
		if (pending !== '')
			delta.push({ insert: pending, ...(marks.size > 0 ? { attributes: Object.fromEntries(marks) } : {}) });
		pending = '';
	};
	for (const item of itemsOf(text)) {
		if (item.content instanceof Y.ContentString) {
			for (const letters of lettersIn(history, item, item.content.str))
				if (stands(letters.client, letters.clock)) pending += letters.text;
		} else if (item.content instanceof Y.ContentFormat && stands(item.id.client, item.id.clock)) {
			flush();
			setMark(marks, item.content);
		}
	}
	flush();
	return delta;
}

/** What a format item does to the marks that hold from there on. */
export function setMark(marks: Map<string, unknown>, { key, value }: Y.ContentFormat): void {
	if (value === null) marks.delete(key);
	else marks.set(key, value);
}

/** An element's attributes as they stood. */
export function attrsAt(element: Y.XmlElement, stands: Stands): Record<string, unknown> {
	const attrs: Record<string, unknown> = {};
	for (const [name, last] of element._map) {
		const value = valueAt(last, stands);
		if (value !== undefined) attrs[name] = value;
	}
	return attrs;
}

/** Yjs keeps the values that an attribute has had as a list, the newest last, and joins them into one item where it can. */
function valueAt(last: Y.Item, stands: Stands): unknown {
	for (let item: Y.Item | null = last; item !== null; item = item.left) {
		if (!(item.content instanceof Y.ContentAny)) continue;
		for (let i = item.length - 1; i >= 0; i--)
			if (stands(item.id.client, item.id.clock + i)) return item.content.arr[i];
	}
	return undefined;
}

function asText({ insert, attributes }: Delta[number]): unknown {
	return {
		type: 'text',
		text: insert,
		...(attributes
			? { marks: Object.entries(attributes).map(([type, attrs]) => ({ type: markName(type), attrs })) }
			: {})
	};
}

/** y-tiptap writes marks that may overlap themselves as «name--hash». */
function markName(attribute: string): string {
	return /(.*)(--[a-zA-Z0-9+/=]{8})$/.exec(attribute)?.[1] ?? attribute;
}
