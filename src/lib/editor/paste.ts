import { Fragment, Slice, type Node as PmNode } from '@tiptap/pm/model';
import { LIMITS } from '#lib/collab/limits.ts';
import { cleanText } from '#lib/collab/text.ts';

/** Above this, HTML is not parsed: word processors wrap a page of text in hundreds of kilobytes. UTF-16 units. */
const HTML_AT_MOST = 512 * 1024;

/** What to do with data from a clipboard or a drop, decided before anything of it is parsed. */
export type Intake = 'as-is' | 'as-plain-text' | 'too-large' | 'nothing';

export function judgeIntake(data: Pick<DataTransfer, 'getData' | 'files'>): Intake {
	const html = data.getData('text/html');
	const text = data.getData('text/plain');
	// A picture or a file has no place in the text; left alone, the browser would open it instead of this page.
	if (html === '' && text === '' && data.getData('text/uri-list') === '')
		return data.files.length > 0 ? 'nothing' : 'as-is';
	if (text.length > LIMITS.updateBytes || (text === '' && html.length > HTML_AT_MOST)) return 'too-large';
	return html.length > HTML_AT_MOST ? 'as-plain-text' : 'as-is';
}

/** A pasted slice without the characters that may not stand in a document; the schema has dealt with all else. */
export function cleanSlice(slice: Slice): Slice {
	return new Slice(cleanFragment(slice.content), slice.openStart, slice.openEnd);
}

function cleanFragment(fragment: Fragment): Fragment {
	const nodes: PmNode[] = [];
	fragment.forEach((node) => {
		if (!node.isText) return void nodes.push(node.copy(cleanFragment(node.content)));
		const text = cleanText(node.text ?? '');
		if (text !== '') nodes.push(node.type.schema.text(text, node.marks));
	});
	return Fragment.fromArray(nodes);
}
