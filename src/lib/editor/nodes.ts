import { ListItem, ListKeymap, OrderedList, TaskItem } from '@tiptap/extension-list';
import { Heading } from '@tiptap/extension-heading';
import { Link } from '@tiptap/extension-link';
import { mergeAttributes, type Editor } from '@tiptap/core';
import { isSafeHref } from '#lib/collab/href.ts';
import { isValidNodeAttr } from '#lib/collab/schema.ts';

/**
 * Tiptap's own nodes and marks where this project needs them otherwise. Names and attributes fit the whitelist in
 * `collab/schema.ts` (a test compares them).
 *
 * No attribute has a `validate`: y-tiptap deletes for everyone what the schema throws at while it merely reads, so a rule that
 * is tightened one day would eat old text. The guard stops values that are not allowed when they are written, and rendering
 * makes them inert.
 */

/**
 * A list item may begin with any block. Tiptap's own «paragraph block*» makes a merge of two honest edits invalid (one
 * person deletes the first paragraph, the other the second), and y-tiptap deletes invalid nodes with all text in them.
 */
const ITEM_CONTENT = 'block+';

/** Headings 1–3 of a note stand under the page's h1 and the part's h2, so they are rendered as h3–h5. */
const OUTERMOST_HEADING = 3;

export const SamtaleHeading = Heading.extend({
	addAttributes() {
		return { level: { default: 1, rendered: false } };
	},
	parseHTML() {
		const plain = [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(level, 3) } }));
		// Our own copies carry the level: their h3 is a level 1.
		const own = {
			tag: ':is(h3, h4, h5)[data-level]',
			priority: 60,
			getAttrs: (element: HTMLElement) => {
				const level = Number(element.dataset.level);
				return [1, 2, 3].includes(level) && { level };
			}
		};
		return [own, ...plain];
	},
	renderHTML({ node, HTMLAttributes }) {
		const level = Math.min(Math.max(Number(node.attrs.level), 1), 3);
		return [`h${level + OUTERMOST_HEADING - 1}`, mergeAttributes(HTMLAttributes, { 'data-level': String(level) }), 0];
	}
}).configure({ levels: [1, 2, 3] });

export const SamtaleOrderedList = OrderedList.extend({
	addAttributes() {
		return {
			start: {
				default: 1,
				parseHTML: (element: HTMLElement) => fitting('start', Number(element.getAttribute('start') ?? 1), 1)
			},
			type: { default: null, parseHTML: (element: HTMLElement) => fitting('type', element.getAttribute('type'), null) }
		};
	}
});

// Tab leaves the editor (WCAG 2.1.2): nesting is done with the toolbar's buttons or Mod-] and Mod-[.
export const SamtaleListItem = ListItem.extend({
	content: ITEM_CONTENT,
	addKeyboardShortcuts() {
		return nestingKeys(this.name, this.editor);
	}
});

export const SamtaleTaskItem = TaskItem.extend({
	content: ITEM_CONTENT,
	addKeyboardShortcuts() {
		return nestingKeys(this.name, this.editor);
	}
}).configure({ nested: true });

export const SamtaleListKeymap = ListKeymap.extend({
	addKeyboardShortcuts() {
		const { Tab: _leavesTheEditor, ...keys } = this.parent?.() ?? {};
		return keys;
	}
});

/** A link holds only its address. What is not a safe address is neither parsed, made nor rendered as one. */
export const SamtaleLink = Link.extend({
	inclusive: false,
	addAttributes() {
		return { href: { default: null } };
	},
	renderHTML({ HTMLAttributes }) {
		const { href } = HTMLAttributes;
		return isSafeHref(href) ? ['a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, 0] : ['span', 0];
	}
}).configure({
	openOnClick: false,
	autolink: true,
	defaultProtocol: 'https',
	HTMLAttributes: { target: null, rel: null, class: null },
	isAllowedUri: (href) => isSafeHref(href),
	// Only what is written out as an address: «no.en» in the middle of a sentence is not one.
	shouldAutoLink: (href) => isSafeHref(href)
});

function nestingKeys(name: string, editor: Editor) {
	return {
		Enter: () => editor.commands.splitListItem(name),
		'Mod-]': () => editor.commands.sinkListItem(name),
		'Mod-[': () => editor.commands.liftListItem(name)
	};
}

function fitting<T>(attr: string, value: unknown, otherwise: T): unknown {
	return isValidNodeAttr('orderedList', attr, value) ? value : otherwise;
}
