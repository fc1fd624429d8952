import { getSchema } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Document } from '@tiptap/extension-document';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { joinBackward, lift, setBlockType, splitBlock, toggleMark, wrapIn } from '@tiptap/pm/commands';
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list';
import { EditorState, TextSelection, type Command } from '@tiptap/pm/state';
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { sanitizeDoc, toJson } from '#lib/collab/render.ts';
import { keepUndoInOrder } from '#lib/collab/undo-order.ts';
import { DocMeter } from './meter.ts';
import { applyAsRoom, judge, serverDoc } from './test-support.ts';

const schema = getSchema([
	Document,
	Text,
	Paragraph,
	Heading,
	BulletList,
	OrderedList,
	ListItem,
	TaskList,
	TaskItem.configure({ nested: true }),
	Blockquote,
	HardBreak,
	Bold,
	Italic,
	Link
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

const LINK = { href: 'https://helsedirektoratet.no/lis1' };
const COMMANDS: Record<string, Command> = {
	write: (state, dispatch) => (dispatch?.(state.tr.insertText('Skriver litt ')), true),
	replace: (state, dispatch) => (dispatch?.(state.tr.insertText('x')), true),
	remove: (state, dispatch) => (dispatch?.(state.tr.deleteSelection()), true),
	enter: (state, dispatch) => splitListItem(node('listItem'))(state, dispatch) || splitBlock(state, dispatch),
	enterTask: (state, dispatch) => splitListItem(node('taskItem'))(state, dispatch) || splitBlock(state, dispatch),
	backspace: joinBackward,
	heading: setBlockType(node('heading'), { level: 2 }),
	paragraph: setBlockType(node('paragraph')),
	bold: toggleMark(mark('bold')),
	italic: toggleMark(mark('italic')),
	link: toggleMark(mark('link'), LINK),
	bullets: wrapInList(node('bulletList')),
	numbers: wrapInList(node('orderedList'), { start: 3 }),
	tasks: wrapInList(node('taskList')),
	indent: sinkListItem(node('listItem')),
	outdent: liftListItem(node('listItem')),
	quote: wrapIn(node('blockquote')),
	lift,
	lineBreak: (state, dispatch) => (dispatch?.(state.tr.replaceSelectionWith(node('hardBreak').create())), true)
};

interface Step {
	who: number;
	command: string;
	from: number;
	to: number;
	talks: boolean;
}

/** What y-tiptap does with a ProseMirror transaction: writes the difference between the new document and Yjs into Yjs. */
function edit(doc: Y.Doc, { command, from, to }: Step): void {
	const fragment = doc.getXmlFragment('referat');
	const { doc: current, meta } = initProseMirrorDoc(fragment, schema);
	const filled = current.childCount > 0 ? current : (node('doc').createAndFill() ?? current);
	const place = (at: number) => filled.resolve(at % (filled.content.size + 1));
	const selection = TextSelection.between(place(Math.min(from, to)), place(Math.max(from, to)));
	const state = EditorState.create({ schema, doc: filled, selection });
	COMMANDS[command]?.(state, (transaction) => {
		doc.transact(() => updateYFragment(doc, fragment, transaction.doc, meta), 'edit');
	});
}

const step: fc.Arbitrary<Step> = fc.record({
	who: fc.nat(1),
	command: fc.constantFrom(...Object.keys(COMMANDS), 'undo', 'undo', 'redo'),
	from: fc.nat(300),
	to: fc.nat(300),
	talks: fc.boolean()
});

/** Two authors, each with an own undo, in step with the room whenever they talk. */
class Author {
	// With gc, undo can throw (yjs 13.6.33): it follows neighbours whose parents have been thrown away.
	readonly doc = new Y.Doc({ gc: false });
	readonly waiting: Uint8Array[] = [];
	private readonly history = new Y.UndoManager(this.doc.getXmlFragment('referat'), {
		captureTimeout: 0,
		trackedOrigins: new Set(['edit'])
	});

	constructor() {
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'remote') this.waiting.push(update);
		});
	}

	take(step: Step): void {
		if (step.command === 'undo') this.history.undo();
		else if (step.command === 'redo') this.history.redo();
		else edit(this.doc, step);
	}

	/** Sends what is written; each update must be accepted, and reaches the other. */
	talk(server: Y.Doc, meter: DocMeter, other: Author): void {
		for (const update of this.waiting.splice(0)) {
			const verdict = judge(server, update, meter);
			expect(verdict).toMatchObject({ ok: true });
			const delta = applyAsRoom(server, update);
			if (delta === null || !verdict.ok) continue;
			meter.note(delta.length, verdict.newNodes);
			Y.applyUpdate(other.doc, delta, 'remote');
		}
	}
}

keepUndoInOrder();

describe('the real editor binding', () => {
	it('is never refused, shows everyone the same, and what it writes renders', { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (steps) => {
				const server = serverDoc();
				const meter = new DocMeter(server);
				const [first, second] = [new Author(), new Author()];
				for (const each of steps) {
					const [own, other] = each.who === 0 ? [first, second] : [second, first];
					own.take(each);
					if (each.talks) own.talk(server, meter, other);
				}
				while (first.waiting.length + second.waiting.length > 0) {
					first.talk(server, meter, second);
					second.talk(server, meter, first);
				}
				const json = toJson(server, 'referat');
				for (const { doc } of [first, second]) expect(toJson(doc, 'referat')).toEqual(json);
				expect(shown(sanitizeDoc(json))).toBe(shown(json));
			}),
			{ numRuns: 60 }
		);
	});
});

/** The characters and the structure of a document, in order. */
function shown(json: unknown): string {
	return [...JSON.stringify(json).matchAll(/"type":"(\w+)"|"text":"([^"]*)"/g)].map(([all]) => all).join();
}
