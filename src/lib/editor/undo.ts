import { Extension, type Editor } from '@tiptap/core';
import { yUndoPluginKey } from '@tiptap/y-tiptap';
import type { UndoManager } from 'yjs';

export interface UndoOptions {
	/** Does an edit that may be larger than one update may be. */
	writeMuch: (edit: () => void) => void;
}

/** What is taken back is written anew; above this it may not fit in one update. Yjs clocks, about a UTF-16 unit each. */
const MUCH = 16 * 1024;

/** Undo and redo of own edits, also of large ones: the guard cannot judge them, as they come from Yjs. */
export const Undo = Extension.create<UndoOptions>({
	name: 'ownUndo',
	// Before Collaboration's own keys.
	priority: 1100,

	addOptions: () => ({ writeMuch: (edit) => edit() }),

	addKeyboardShortcuts() {
		const { writeMuch } = this.options;
		const redo = () => takeBack(this.editor, 'redo', writeMuch);
		return { 'Mod-z': () => takeBack(this.editor, 'undo', writeMuch), 'Mod-y': redo, 'Shift-Mod-z': redo };
	}
});

/** Undoes or redoes the person's last own edit; false when there is none. */
export function takeBack(editor: Editor, which: 'undo' | 'redo', writeMuch: UndoOptions['writeMuch']): boolean {
	const manager = undoManagerOf(editor);
	const step = (which === 'undo' ? manager?.undoStack : manager?.redoStack)?.at(-1);
	if (!step || !editor.isEditable) return false;
	if (lengthOf(step.deletions) + lengthOf(step.insertions) < MUCH) return editor.commands[which]();
	writeMuch(() => editor.commands[which]());
	return true;
}

/** Whether there is something to take back. */
export function canTakeBack(editor: Editor): { undo: boolean; redo: boolean } {
	const manager = undoManagerOf(editor);
	return { undo: (manager?.undoStack.length ?? 0) > 0, redo: (manager?.redoStack.length ?? 0) > 0 };
}

function undoManagerOf(editor: Editor): UndoManager | undefined {
	return (yUndoPluginKey.getState(editor.state) as { undoManager: UndoManager } | undefined)?.undoManager;
}

type IdSet = UndoManager['undoStack'][number]['deletions'];

function lengthOf(set: IdSet): number {
	let length = 0;
	for (const ranges of set.clients.values()) for (const range of ranges) length += range.len;
	return length;
}
