import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import type { Awareness } from 'y-protocols/awareness';
import { awarenessUser, firstName, initials, paletteIndex, type Person } from './presence.ts';

/**
 * Others' carets and selections, by class only: a strict CSP forbids style attributes, and a colour must never be CSS from
 * another client. The name is generated content, so that it is never part of the text, of a copy of it, or read aloud.
 */
export function carets(awareness: Awareness, me: Person) {
	return CollaborationCaret.configure({
		provider: { awareness },
		user: awarenessUser(me),
		render: (user) => {
			const caret = document.createElement('span');
			caret.className = `caret ${colourClasses('caret', user.farge)}`;
			caret.setAttribute('aria-hidden', 'true');
			caret.dataset.navn = firstName(String(user.navn ?? user.name ?? ''));
			caret.dataset.initialer = initials(String(user.navn ?? user.name ?? ''));
			return caret;
		},
		selectionRender: (user) => ({
			nodeName: 'span',
			class: `caret-selection ${colourClasses('caret-selection', user.farge)}`
		})
	});
}

function colourClasses(block: string, farge: unknown): string {
	const index = paletteIndex(farge);
	return `${block}--farge-${index} farge-${index}`;
}
