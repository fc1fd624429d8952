import type { AnyExtension } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Collaboration } from '@tiptap/extension-collaboration';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Italic } from '@tiptap/extension-italic';
import { BulletList, TaskList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { Placeholder } from '@tiptap/extensions';
import type { Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import type { RootName } from '#lib/collab/schema.ts';
import { carets } from './caret.ts';
import { Guard, type GuardOptions } from './guard.ts';
import { EditorKeys, type EditorKeysOptions } from './keys.ts';
import {
	SamtaleHeading,
	SamtaleLink,
	SamtaleListItem,
	SamtaleListKeymap,
	SamtaleOrderedList,
	SamtaleTaskItem
} from './nodes.ts';
import type { Person } from './presence.ts';
import { Undo, type UndoOptions } from './undo.ts';

/** The extensions that make the ProseMirror schema; their names and attributes fit `collab/schema.ts`. */
export function schemaExtensions(checkboxLabel: (text: string) => string = (text) => text): AnyExtension[] {
	return [
		Document,
		Text,
		Paragraph,
		SamtaleHeading,
		Bold,
		Italic,
		SamtaleLink,
		BulletList,
		SamtaleOrderedList,
		SamtaleListItem,
		TaskList,
		SamtaleTaskItem.configure({ a11y: { checkboxLabel: (node) => checkboxLabel(node.firstChild?.textContent ?? '') } }),
		Blockquote,
		HardBreak
	];
}

export interface EditorSetup {
	doc: Doc;
	awareness: Awareness;
	field: RootName;
	me: Person;
	placeholder: string;
	/** The name of a task's checkbox, from the task's text. */
	checkboxLabel: (text: string) => string;
	guard: Pick<GuardOptions, 'onRefused' | 'onPlainPaste'>;
	keys: EditorKeysOptions;
	writeMuch: UndoOptions['writeMuch'];
}

/**
 * Everything that one part's editor consists of. Two of them share one Y.Doc and one awareness. There is no undo-redo and no
 * trailing node among them: Collaboration's own undo takes back only what this editor's person did, and a trailing node
 * would write by itself.
 */
export function editorExtensions(setup: EditorSetup): AnyExtension[] {
	return [
		...schemaExtensions(setup.checkboxLabel),
		SamtaleListKeymap,
		EditorKeys.configure(setup.keys),
		Undo.configure({ writeMuch: setup.writeMuch }),
		Guard.configure({ ...setup.guard, fragment: setup.doc.getXmlFragment(setup.field) }),
		Placeholder.configure({ placeholder: setup.placeholder, showOnlyWhenEditable: true }),
		Collaboration.configure({ document: setup.doc, field: setup.field }),
		carets(setup.awareness, setup.me)
	];
}
