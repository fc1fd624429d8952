import { canonicalJson } from '../canonical-json.ts';

/**
 * Whether two ProseMirror documents (or nodes) look the same: Yjs may keep one text as several with the same marks, in any order.
 */
export function sameLook(a: unknown, b: unknown): boolean {
	return lookOf(a) === lookOf(b);
}

/** One spelling of how a document or a node looks. */
export function lookOf(node: unknown): string {
	return canonicalJson(normal(node));
}

type Json = { type?: string; text?: string; attrs?: unknown; marks?: unknown; content?: unknown[] };

function normal(node: unknown): unknown {
	const { type, text, attrs, marks, content } = node as Json;
	const merged: { text: string; marks: string; rest: unknown }[] = [];
	for (const child of content ?? []) {
		const each = child as Json;
		const last = merged.at(-1);
		if (each.type !== 'text') {
			merged.push({ text: '', marks: '-', rest: normal(each) });
			continue;
		}
		const look = canonicalJson(sorted(each.marks));
		if (last && last.marks === look) last.text += each.text ?? '';
		else merged.push({ text: each.text ?? '', marks: look, rest: null });
	}
	return { type: type ?? null, text: text ?? null, attrs: attrs ?? null, marks: sorted(marks), content: merged };
}

function sorted(marks: unknown): unknown {
	if (!Array.isArray(marks)) return marks === undefined || canonicalJson(marks) === '{}' ? [] : marks;
	return marks.map((mark) => canonicalJson(mark)).sort();
}
