import { Extension } from '@tiptap/core';
import { isChangeOrigin } from '@tiptap/extension-collaboration';
import { Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { cleanHtml } from './clean-html.ts';
import { judge, type Refusal } from './guard-rules.ts';
import { cleanSlice, judgeIntake } from './paste.ts';
import { takeSelection } from './selection.ts';

export interface GuardOptions {
	fragment: Y.XmlFragment | undefined;
	/** An edit was refused; nothing of it was applied and nothing was lost. */
	onRefused: (refusal: Refusal) => void;
	/** A paste came in without its formatting, because that was too much. */
	onPlainPaste: () => void;
}

/**
 * Refuses, before they are applied, local edits that the server would refuse (that would end the Y.Doc), and those that would
 * put a fødselsnummer into the text. What comes from Yjs (other people, undo) always passes: it stands in the Y.Doc already.
 */
export const Guard = Extension.create<GuardOptions>({
	name: 'guard',
	priority: 2000,

	addOptions: () => ({ fragment: undefined, onRefused: () => undefined, onPlainPaste: () => undefined }),

	addProseMirrorPlugins() {
		const { fragment, onRefused, onPlainPaste } = this.options;

		const takeIn = (view: EditorView, event: ClipboardEvent | DragEvent, data: DataTransfer | null): boolean => {
			// A drag inside the editor moves what already stands in the document.
			if (!data || !view.editable || view.dragging) return false;
			const intake = judgeIntake(data);
			if (intake === 'as-is') return false;
			event.preventDefault();
			if (intake === 'too-large') onRefused('too-large');
			if (intake === 'as-plain-text' && view.pasteText(data.getData('text/plain'))) onPlainPaste();
			return true;
		};

		return [
			new Plugin({
				filterTransaction: (tr) => {
					if (!fragment || isChangeOrigin(tr)) return true;
					const refusal = judge(tr, fragment);
					if (refusal) onRefused(refusal);
					return refusal === undefined;
				},
				props: {
					transformPastedHTML: (html) => cleanHtml(html),
					transformPasted: (slice) => cleanSlice(slice),
					handleDOMEvents: {
						paste: (view, event) => {
							takeSelection(view);
							return takeIn(view, event, event.clipboardData);
						},
						drop: (view, event) => takeIn(view, event, event.dataTransfer)
					}
				}
			})
		];
	}
});
