import { TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

/**
 * Takes what was selected a moment ago by key: the browser tells the editor of it only afterwards, and on a busy machine what comes next (a paste, the
 * link dialog) would act on the place before.
 */
export function takeSelection(view: EditorView): void {
	const { anchorNode, anchorOffset, focusNode, focusOffset } = document.getSelection() ?? {};
	const { doc, selection, tr } = view.state;
	if (!view.hasFocus() || !(selection instanceof TextSelection) || !anchorNode || !focusNode) return;
	if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return;
	const [anchor, head] = [view.posAtDOM(anchorNode, anchorOffset ?? 0), view.posAtDOM(focusNode, focusOffset ?? 0)];
	const selected = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
	if (!selected.eq(selection)) view.dispatch(tr.setSelection(selected));
}
