import { yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import type { RootName } from './schema.ts';

export { canonicalJson } from './canonical-json.ts';
export { sanitizeDoc, type DocMark, type DocNode, type SafeDoc } from './safe-doc.ts';

/** ProseMirror's JSON of one part as it stands in Yjs; what lies in it is judged by `sanitizeDoc` before anyone sees it. */
export interface RawDoc {
	type: 'doc';
	content: unknown[];
}

/**
 * The ProseMirror JSON of one part of a samtale; `content` is `[]` where nothing was written. Only reads: y-tiptap's other
 * readers delete what their schema does not know. The caller's Y.Doc is left as it is, but for the root type being defined.
 */
export function toJson(doc: Y.Doc, part: RootName): RawDoc {
	const json = yXmlFragmentToProsemirrorJSON(doc.getXmlFragment(part));
	// A text that stands directly under the root comes out as an array within the array.
	return { type: 'doc', content: (json['content'] as unknown[]).flat() };
}
