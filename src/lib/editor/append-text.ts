import type { Editor } from '@tiptap/core';

/**
 * Writes text at the end of a part, a paragraph for each line: an edit like any other, which the guard judges and undo takes back. False when it was
 * refused.
 */
export function appendText(editor: Editor, text: string): boolean {
	const lines = text.split(/\n+/).filter((line) => line.trim() !== '');
	const { doc } = editor.state;
	const paragraphs = lines.map((line) => ({ type: 'paragraph', content: [{ type: 'text', text: line }] }));
	// An empty part is one empty paragraph: it is written in, not after.
	const empty = doc.childCount === 1 && doc.firstChild?.type.name === 'paragraph' && doc.firstChild.content.size === 0;
	editor.commands.insertContentAt(empty ? { from: 0, to: doc.content.size } : doc.content.size, paragraphs);
	return editor.state.doc !== doc;
}
