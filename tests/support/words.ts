import type * as Y from 'yjs';
import { ROOTS, type RootName } from '#lib/collab/schema.ts';

/** A word as the drills type them: no other begins or ends with it. */
const WORD = /[a-z]+\d+\./g;

/** The text of one Y.Text, without its marks. */
export function plain(text: Y.XmlText): string {
	return (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
}

/** The texts of a part's paragraphs. */
export function textsOf(doc: Y.Doc, part: RootName): Y.XmlText[] {
	return (doc.getXmlFragment(part).toArray() as Y.XmlElement[]).map((paragraph) => paragraph.get(0) as Y.XmlText);
}

/** The words of a string, in order. */
export function wordsIn(text: string): string[] {
	return text.match(WORD) ?? [];
}

/** How often each word stands in the document, both parts together; what is left of a torn word is counted as it stands. */
export function countWords(doc: Y.Doc): Map<string, number> {
	const counts = new Map<string, number>();
	for (const text of ROOTS.flatMap((part) => textsOf(doc, part)).map(plain)) {
		for (const word of [...wordsIn(text), ...text.split(WORD).filter((rest) => rest !== '')])
			counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return counts;
}
