import { getSchema } from '@tiptap/core';
import { joinBackward, lift, liftEmptyBlock, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands';
import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import { EditorState, TextSelection, type Command } from '@tiptap/pm/state';
import { dropPoint } from '@tiptap/pm/transform';
import { initProseMirrorDoc, updateYFragment, ySyncPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';
import type { RootName } from '#lib/collab/schema.ts';
import { schemaExtensions } from '#lib/editor/extensions.ts';

/** The schema of the real editor. */
const schema = getSchema(schemaExtensions());
const LINK = { href: 'https://www.helsedirektoratet.no/lis1' };
/** Positions in a document that an edit may reach over: a few words. */
const REACH = 14;

/** What somebody does at a place: two numbers to choose by, and words of their own to type. */
export type Edit = { what: EditName; part: RootName; a: number; b: number; words: string[] };

type Made = (edit: Edit) => Command;

const node = (name: string) => {
	const type = schema.nodes[name];
	if (!type) throw new Error(`no node ${name}`);
	return type;
};
const mark = (name: string) => {
	const type = schema.marks[name];
	if (!type) throw new Error(`no mark ${name}`);
	return type;
};
/** The first that can. */
const first =
	(...commands: Command[]): Command =>
	(state, dispatch) =>
		commands.some((command) => command(state, dispatch));

const EDITS = {
	type: ({ words }) => insert(words.slice(0, 1).join('')),
	replace: ({ words }) => insert(words.slice(0, 1).join('')),
	remove: () => (state, dispatch) => (dispatch?.(state.tr.deleteSelection()), true),
	split: () => first(splitListItem(node('listItem')), splitListItem(node('taskItem')), liftEmptyBlock, splitBlock),
	join: () => joinBackward,
	lineBreak: () => (state, dispatch) => (dispatch?.(state.tr.replaceSelectionWith(node('hardBreak').create())), true),
	paste: ({ words }) => paste(words),
	move: ({ a, b }) => move(a + b),
	bold: () => toggleMark(mark('bold')),
	italic: () => toggleMark(mark('italic')),
	link: () => toggleMark(mark('link'), LINK),
	heading: ({ a }) => setBlockType(node('heading'), { level: 1 + (a % 3) }),
	paragraph: () => setBlockType(node('paragraph')),
	bullets: () => wrapInList(node('bulletList')),
	numbers: () => wrapInList(node('orderedList')),
	tasks: () => wrapInList(node('taskList')),
	tick: ({ a }) => tick(a),
	indent: () => first(sinkListItem(node('listItem')), sinkListItem(node('taskItem'))),
	outdent: () => first(liftListItem(node('listItem')), liftListItem(node('taskItem')), lift),
	quote: () => wrapIn(node('blockquote'))
} as const satisfies Record<string, Made>;

export type EditName = keyof typeof EDITS;

export const EDIT_NAMES = Object.keys(EDITS) as EditName[];

export function isEdit(what: string): what is EditName {
	return Object.hasOwn(EDITS, what);
}

/** Of these the words of the edit are typed; all others only move, mark or remove what stands there. */
export const TYPING: ReadonlySet<EditName> = new Set(['type', 'replace', 'paste']);

/** These happen where the cursor stands; the others to what is selected. */
const AT_A_CURSOR: ReadonlySet<EditName> = new Set(['type', 'split', 'join', 'paste']);

/**
 * Does what the real editor does with an edit: a ProseMirror transaction, which y-tiptap writes into Yjs as a difference.
 * Returns whether there was anything to do.
 */
export function applyEdit(doc: Y.Doc, edit: Edit): boolean {
	const fragment = doc.getXmlFragment(edit.part);
	const { doc: read, meta } = initProseMirrorDoc(fragment, schema);
	const current = read.childCount > 0 ? read : (node('doc').createAndFill() ?? read);
	const place = (at: number) => current.resolve(Math.min(at, current.content.size));
	const from = edit.what === 'join' ? startOfBlock(current, edit.a) : edit.a % (current.content.size + 1);
	const reach = AT_A_CURSOR.has(edit.what) ? 0 : edit.b % REACH;
	const selection = TextSelection.between(place(from), place(from + reach));
	const state = EditorState.create({ schema, doc: current, selection });
	let changed = false;
	EDITS[edit.what](edit)(state, ({ doc: next, docChanged }) => {
		if (!docChanged) return;
		changed = true;
		doc.transact(() => updateYFragment(doc, fragment, next, meta), ySyncPluginKey);
	});
	return changed;
}

/** What the real editor does when somebody else has written: reads the part anew (and may write by that). */
export function readAsEditor(fragment: Y.XmlFragment): void {
	initProseMirrorDoc(fragment, schema);
}

/** Where one of the paragraphs begins. */
function startOfBlock(doc: Node, which: number): number {
	const starts: number[] = [];
	doc.descendants((each, at) => void (each.isTextblock && starts.push(at + 1)));
	return starts[which % starts.length] ?? 0;
}

function insert(word: string): Command {
	return ({ tr }, dispatch) => (dispatch?.(tr.insertText(word)), true);
}

/** Several paragraphs at once: the first goes into the paragraph where they are pasted. */
function paste(words: string[]): Command {
	return ({ tr }, dispatch) => {
		const paragraphs = words.map((word) => node('paragraph').create(null, schema.text(word)));
		dispatch?.(tr.replaceSelection(new Slice(Fragment.from(paragraphs), 1, 1)));
		return true;
	};
}

/** Drags the selected text elsewhere. */
function move(to: number): Command {
	return ({ tr, selection }, dispatch) => {
		const slice = selection.content();
		if (slice.size === 0) return false;
		tr.deleteSelection();
		const at = dropPoint(tr.doc, to % (tr.doc.content.size + 1), slice);
		if (at === null) return false;
		dispatch?.(tr.replace(at, at, slice));
		return true;
	};
}

/** Ticks one of the tasks, or takes the tick away. */
function tick(which: number): Command {
	return ({ tr, doc }, dispatch) => {
		const tasks: number[] = [];
		doc.descendants((each, at) => void (each.type.name === 'taskItem' && tasks.push(at)));
		const at = tasks[which % tasks.length];
		if (at === undefined) return false;
		dispatch?.(tr.setNodeMarkup(at, null, { checked: doc.nodeAt(at)?.attrs['checked'] !== true }));
		return true;
	};
}
