import { getSchema } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { joinBackward, lift, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands';
import { Fragment, Slice } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import { EditorState, TextSelection, type Command, type EditorState as State } from '@tiptap/pm/state';
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { canonicalJson, toJson } from '../render.ts';
import { ROOTS, type RootName } from '../schema.ts';
import { keepUndoInOrder } from '../undo-order.ts';
import { History, type LogRow } from './history.ts';

/** Only for tests: two people at real editors without a browser, and the log that the server would keep of them. */

keepUndoInOrder();

const schema = getSchema([
	...[Document, Text, Paragraph, Heading, BulletList, OrderedList, ListItem, TaskList],
	...[TaskItem.configure({ nested: true }), Blockquote, HardBreak, Bold, Italic]
]);

function node(name: string) {
	const found = schema.nodes[name];
	if (found === undefined) throw new Error(name);
	return found;
}

function mark(name: string) {
	const found = schema.marks[name];
	if (found === undefined) throw new Error(name);
	return found;
}

const STRUCTURE: Record<string, Command> = {
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

export const COMMANDS = [...Object.keys(STRUCTURE), 'write', 'paste', 'undo', 'redo'];

/** `from` and `to` are taken modulo the length of the part; `text` is for `write` and `paste` (each line a paragraph). */
export type Act = { command: string; from: number; to: number; text?: string; part?: RootName };

/** A person with an own copy of the document and an own undo. */
export class Author {
	readonly userId: string;
	readonly doc = new Y.Doc({ gc: false });
	readonly waiting: Uint8Array[] = [];
	private undo: Y.UndoManager;

	constructor(userId: string) {
		this.userId = userId;
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'remote') this.waiting.push(update);
		});
		this.undo = this.newUndo();
	}

	do({ command, from, to, text = '', part = 'referat' }: Act): void {
		if (command === 'undo') this.undo.undo();
		else if (command === 'redo') this.undo.redo();
		else this.edit(part, from, to, commandFor(command, text));
	}

	/** What a reload of the page does: the undo is forgotten, and the copy is another client. */
	reconnect(): void {
		this.doc.clientID += 1;
		this.undo.destroy();
		this.undo = this.newUndo();
	}

	private newUndo(): Y.UndoManager {
		const roots = ROOTS.map((root) => this.doc.getXmlFragment(root));
		return new Y.UndoManager(roots, { captureTimeout: 0, trackedOrigins: new Set(['edit']) });
	}

	/** What y-tiptap does with a ProseMirror transaction: writes the difference into Yjs. */
	private edit(part: RootName, from: number, to: number, command: Command): void {
		const fragment = this.doc.getXmlFragment(part);
		const { doc: current, meta } = initProseMirrorDoc(fragment, schema);
		const filled = current.childCount > 0 ? current : (node('doc').createAndFill() ?? current);
		const place = (at: number) => filled.resolve(at % (filled.content.size + 1));
		const selection = TextSelection.between(place(Math.min(from, to)), place(Math.max(from, to)));
		command(EditorState.create({ schema, doc: filled, selection }), (transaction) => {
			this.doc.transact(() => updateYFragment(this.doc, fragment, transaction.doc, meta), 'edit');
		});
	}
}

function commandFor(name: string, text: string): Command {
	if (name === 'write') return (state, dispatch) => (dispatch?.(state.tr.insertText(text)), true);
	if (name === 'paste') return (state, dispatch) => (dispatch?.(paste(state, text)), true);
	const command = STRUCTURE[name];
	if (command === undefined) throw new Error(name);
	return command;
}

function paste(state: State, text: string) {
	const paragraphs = text.split('\n').map((line) => node('paragraph').create(null, line ? schema.text(line) : null));
	return state.tr.replaceSelection(new Slice(Fragment.from(paragraphs), 1, 1));
}

/** The server's side: one log, in which each author's waiting updates become one row. */
export class Log {
	readonly rows: LogRow[] = [];
	readonly doc = new Y.Doc({ gc: false });
	readonly authors: Author[];
	now = 1_000_000_000_000_000;

	constructor(...authors: Author[]) {
		this.authors = authors;
		this.append('init', authors[0]?.userId ?? 'x', Y.encodeStateAsUpdate(new Y.Doc()));
	}

	/** Commits what an author has waiting, as one row (or, with `apart`, a row for each), and tells the others. */
	commit(author: Author, apart = false): void {
		const waiting = author.waiting.splice(0);
		for (const batch of apart ? waiting.map((update) => [update]) : [waiting]) {
			const before = this.rendered();
			const delta = this.emitted(batch);
			if (delta === undefined) continue;
			const deletesOnly = Y.decodeUpdate(delta).structs.length === 0;
			this.append(deletesOnly && before === this.rendered() ? 'normalise' : 'edit', author.userId, delta);
			this.tell(delta, author);
		}
	}

	/** Does something and commits it. */
	act(author: Author, act: Act): void {
		author.do(act);
		this.commit(author);
	}

	append(kind: LogRow['kind'], userId: string, upd: Uint8Array, restores?: number): void {
		this.now += 1_000_000;
		this.rows.push({ seq: this.rows.length + 1, userId, atUs: this.now, kind, upd, restores });
	}

	/** A row that no author wrote: a gjenopprett of version `to`. */
	restore(userId: string, upd: Uint8Array, to: number): void {
		const delta = this.emitted([upd]);
		if (delta === undefined) throw new Error('nothing restored');
		this.append('restore', userId, delta, to);
		this.tell(delta);
	}

	history(upTo = this.rows.length): History {
		const history = new History();
		for (const row of this.rows.slice(0, upTo)) history.add(row);
		return history;
	}

	/** The document as the first rows alone make it. */
	replay(upTo: number): Y.Doc {
		const doc = new Y.Doc({ gc: false });
		doc.transact((tr) => {
			for (const row of this.rows.slice(0, upTo)) Y.applyUpdate(doc, row.upd);
			tr.local = true;
		});
		return doc;
	}

	rendered(doc = this.doc): string {
		return canonicalJson(ROOTS.map((root) => toJson(doc, root)));
	}

	private tell(delta: Uint8Array, but?: Author): void {
		for (const author of this.authors) if (author !== but) Y.applyUpdate(author.doc, delta, 'remote');
	}

	private emitted(updates: Uint8Array[]): Uint8Array | undefined {
		let delta: Uint8Array | undefined;
		this.doc.once('update', (update: Uint8Array) => (delta = update));
		this.doc.transact((tr) => {
			for (const update of updates) Y.applyUpdate(this.doc, update);
			tr.local = true;
		});
		return delta;
	}
}
