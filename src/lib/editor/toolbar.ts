import type { Editor } from '@tiptap/core';
import * as m from '#lib/i18n/paraglide/messages.js';
import { canTakeBack, takeBack, type UndoOptions } from './undo.ts';

/** What a button shows: one of Aksel's icons as a mask (editor.css), or a letter. */
export type Face = { icon: string } | { letter: string; style?: 'bold' | 'italic' };

export interface ToolbarButton {
	name: () => string;
	face: Face;
	/** As `aria-keyshortcuts` has it. */
	keys?: string;
	/** A button that can be pressed in says whether it is; undefined for one that only acts. */
	pressed?: (editor: Editor) => boolean;
	enabled?: (editor: Editor) => boolean;
	act: (editor: Editor, needs: ToolbarNeeds) => void;
}

export interface ToolbarNeeds {
	editLink: () => void;
	writeMuch: UndoOptions['writeMuch'];
}

const heading = (level: 1 | 2 | 3): ToolbarButton => ({
	name: () => m.editor_overskrift({ niva: String(level) }),
	face: { letter: `H${level}` },
	keys: `Control+Alt+${level}`,
	pressed: (editor) => editor.isActive('heading', { level }),
	act: (editor) => editor.chain().focus().toggleHeading({ level }).run()
});

const listItem = (editor: Editor) => (editor.isActive('taskItem') ? 'taskItem' : 'listItem');

/** The toolbar's buttons in groups, in the order of the page. */
export const TOOLBAR: readonly (readonly ToolbarButton[])[] = [
	[heading(1), heading(2), heading(3)],
	[
		{
			name: m.editor_fet,
			face: { letter: 'B', style: 'bold' },
			keys: 'Control+B',
			pressed: (editor) => editor.isActive('bold'),
			act: (editor) => editor.chain().focus().toggleBold().run()
		},
		{
			name: m.editor_kursiv,
			face: { letter: 'I', style: 'italic' },
			keys: 'Control+I',
			pressed: (editor) => editor.isActive('italic'),
			act: (editor) => editor.chain().focus().toggleItalic().run()
		},
		{
			name: m.editor_lenke,
			face: { icon: 'link' },
			keys: 'Control+K',
			pressed: (editor) => editor.isActive('link'),
			act: (_editor, { editLink }) => editLink()
		}
	],
	[
		{
			name: m.editor_punktliste,
			face: { icon: 'bullets' },
			keys: 'Control+Shift+8',
			pressed: (editor) => editor.isActive('bulletList'),
			act: (editor) => editor.chain().focus().toggleBulletList().run()
		},
		{
			name: m.editor_nummerliste,
			face: { icon: 'numbers' },
			keys: 'Control+Shift+7',
			pressed: (editor) => editor.isActive('orderedList'),
			act: (editor) => editor.chain().focus().toggleOrderedList().run()
		},
		{
			name: m.editor_oppgaveliste,
			face: { icon: 'tasks' },
			keys: 'Control+Shift+9',
			pressed: (editor) => editor.isActive('taskList'),
			act: (editor) => editor.chain().focus().toggleTaskList().run()
		},
		{
			name: m.editor_rykk_inn,
			face: { icon: 'indent' },
			keys: 'Control+]',
			enabled: (editor) => editor.can().sinkListItem(listItem(editor)),
			act: (editor) => editor.chain().focus().sinkListItem(listItem(editor)).run()
		},
		{
			name: m.editor_rykk_ut,
			face: { icon: 'outdent' },
			keys: 'Control+[',
			enabled: (editor) => editor.can().liftListItem(listItem(editor)),
			act: (editor) => editor.chain().focus().liftListItem(listItem(editor)).run()
		},
		{
			name: m.editor_sitat,
			face: { icon: 'quote' },
			keys: 'Control+Shift+B',
			pressed: (editor) => editor.isActive('blockquote'),
			act: (editor) => editor.chain().focus().toggleBlockquote().run()
		}
	],
	[
		{
			name: m.editor_angre,
			face: { icon: 'undo' },
			keys: 'Control+Z',
			enabled: (editor) => canTakeBack(editor).undo,
			act: (editor, { writeMuch }) => takeBack(editor, 'undo', writeMuch) && editor.commands.focus()
		},
		{
			name: m.editor_gjor_om,
			face: { icon: 'redo' },
			keys: 'Control+Y',
			enabled: (editor) => canTakeBack(editor).redo,
			act: (editor, { writeMuch }) => takeBack(editor, 'redo', writeMuch) && editor.commands.focus()
		}
	]
];
