import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { isSafeHref } from '#lib/collab/href.ts';

export interface EditorKeysOptions {
	/** Alt+F10: to the toolbar (the ARIA authoring practice for editors). */
	toToolbar: () => void;
	/** Mod+K: the link dialog. */
	editLink: () => void;
}

/** Keys and clicks that belong to the page around the text rather than to a node. */
export const EditorKeys = Extension.create<EditorKeysOptions>({
	name: 'editorKeys',

	addOptions: () => ({ toToolbar: () => undefined, editLink: () => undefined }),

	addKeyboardShortcuts() {
		const handled = (act: () => void) => () => {
			act();
			return true;
		};
		return { 'Alt-F10': handled(this.options.toToolbar), 'Mod-k': handled(this.options.editLink) };
	},

	addProseMirrorPlugins() {
		return [
			new Plugin({
				props: {
					// While one writes, a plain click places the caret; with Ctrl or Cmd it follows the link.
					handleClick: (view, _pos, event) => {
						const link = event.target instanceof Element ? event.target.closest('a') : null;
						const href = link?.getAttribute('href');
						if (!view.editable || !(event.ctrlKey || event.metaKey) || !isSafeHref(href)) return false;
						window.open(href, '_blank', 'noopener,noreferrer');
						return true;
					}
				}
			})
		];
	}
});
