import { getSchema } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { joinBackward, lift, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import { EditorState, TextSelection, type Command } from '@tiptap/pm/state';
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { ROOTS, type RootName } from './schema.ts';
import { keepUndoInOrder } from './undo-order.ts';

/** Only for tests: the real editor binding without a browser. */

keepUndoInOrder();

export const schema = getSchema([
	...[Document, Text, Paragraph, Heading, BulletList, OrderedList, ListItem, TaskList],
	...[TaskItem.configure({ nested: true }), Blockquote, HardBreak, Bold, Italic, Link]
]);

export function node(name: string) {
	const found = schema.nodes[name];
	if (found === undefined) throw new Error(name);
	return found;
}

export function mark(name: string) {
	const found = schema.marks[name];
	if (found === undefined) throw new Error(name);
	return found;
}

/** What the toolbar and the keys do besides writing. */
export const STRUCTURE: Record<string, Command> = {
	remove: (state, dispatch) => (dispatch?.(state.tr.deleteSelection()), true),
	enter: (state, dispatch) => splitListItem(node('listItem'))(state, dispatch) || splitBlock(state, dispatch),
	enterTask: (state, dispatch) => splitListItem(node('taskItem'))(state, dispatch) || splitBlock(state, dispatch),
	backspace: joinBackward,
	heading: setBlockType(node('heading'), { level: 2 }),
	subheading: setBlockType(node('heading'), { level: 3 }),
	paragraph: setBlockType(node('paragraph')),
	bold: toggleMark(mark('bold')),
	italic: toggleMark(mark('italic')),
	bullets: wrapInList(node('bulletList')),
	numbers: wrapInList(node('orderedList'), { start: 3 }),
	tasks: wrapInList(node('taskList')),
	indent: sinkListItem(node('listItem')),
	outdent: liftListItem(node('listItem')),
	quote: wrapIn(node('blockquote')),
	lift,
	lineBreak: (state, dispatch) => (dispatch?.(state.tr.replaceSelectionWith(node('hardBreak').create())), true)
};

/** Writes this text at the selection, or in its place. */
export function write(text: string): Command {
	return (state, dispatch) => (dispatch?.(state.tr.insertText(text)), true);
}

/** A place in a part; `from` and `to` are taken modulo its length. */
export type Span = { part?: RootName; from: number; to: number };

/** An own copy of the document, with an own undo; what it writes waits to be sent. */
export class EditorCopy {
	// With gc, undo can throw (yjs 13.6.33): it follows neighbours whose parents have been thrown away.
	readonly doc = new Y.Doc({ gc: false });
	readonly waiting: Uint8Array[] = [];
	private history = this.newHistory();

	constructor() {
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'remote') this.waiting.push(update);
		});
	}

	undo(): void {
		this.history.undo();
	}

	redo(): void {
		this.history.redo();
	}

	/** What a reload of the page does: the undo is forgotten, and the copy is another client. */
	reconnect(): void {
		this.doc.clientID += 1;
		this.history.destroy();
		this.history = this.newHistory();
	}

	/** What y-tiptap does with a ProseMirror transaction: writes the difference between the new document and Yjs into Yjs. */
	edit({ part = 'referat', from, to }: Span, command: Command): void {
		const fragment = this.doc.getXmlFragment(part);
		const { doc: current, meta } = initProseMirrorDoc(fragment, schema);
		const filled = current.childCount > 0 ? current : (node('doc').createAndFill() ?? current);
		const place = (at: number) => filled.resolve(at % (filled.content.size + 1));
		const selection = TextSelection.between(place(Math.min(from, to)), place(Math.max(from, to)));
		command(EditorState.create({ schema, doc: filled, selection }), (transaction) => {
			this.doc.transact(() => updateYFragment(this.doc, fragment, transaction.doc, meta), 'edit');
		});
	}

	private newHistory(): Y.UndoManager {
		const roots = ROOTS.map((root) => this.doc.getXmlFragment(root));
		return new Y.UndoManager(roots, { captureTimeout: 0, trackedOrigins: new Set(['edit']) });
	}
}
