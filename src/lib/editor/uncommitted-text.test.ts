import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { knownClock, uncommittedText } from './uncommitted-text.ts';

const PARTS = ['forberedelse', 'referat'] as const;

function paragraph(text: string): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
}

function textOf(doc: Y.Doc, part: string, index: number): Y.XmlText {
	return (doc.getXmlFragment(part).get(index) as Y.XmlElement).get(0) as Y.XmlText;
}

/** A document of another person's with one paragraph in each part, and mine on top of it. */
function twoPeople(): { doc: Y.Doc; clock: () => number; text: (from: number) => string } {
	const other = new Y.Doc();
	other.getXmlFragment('forberedelse').insert(0, [paragraph('Theirs before')]);
	other.getXmlFragment('referat').insert(0, [paragraph('Theirs after')]);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	return {
		doc,
		clock: () => knownClock(doc, doc.clientID),
		text: (from) => uncommittedText(doc, PARTS, new Map([[doc.clientID, from]]))
	};
}

describe('uncommittedText', () => {
	it('is empty when I wrote nothing', () => {
		expect(twoPeople().text(0)).toBe('');
	});

	it('is only mine, in document order, blocks on their own lines, parts parted by an empty line', () => {
		const { doc, text } = twoPeople();
		doc.getXmlFragment('referat').insert(1, [paragraph('Referat én'), paragraph('Referat to')]);
		doc.getXmlFragment('forberedelse').insert(0, [paragraph('Forberedelse')]);
		expect(text(0)).toBe('Forberedelse\n\nReferat én\nReferat to');
	});

	it("picks my words out of another's sentence", () => {
		const { doc, text } = twoPeople();
		textOf(doc, 'referat', 0).insert(6, ' mine');
		expect(text(0)).toBe(' mine');
	});

	it('begins at the acknowledged clock, also in the middle of what Yjs has merged into one item', () => {
		const { doc, clock, text } = twoPeople();
		const theirs = textOf(doc, 'referat', 0);
		theirs.insert(0, 'saved ');
		const acknowledged = clock();
		theirs.insert(6, 'unsaved ');
		expect(theirs.toString()).toBe('saved unsaved Theirs after');
		expect(text(acknowledged)).toBe('unsaved ');
	});

	it('is also what I wrote in an earlier page, each from its own clock', () => {
		const before = twoPeople();
		textOf(before.doc, 'forberedelse', 0).insert(0, 'saved ');
		const acknowledged = before.clock();
		textOf(before.doc, 'forberedelse', 0).insert(6, 'before ');
		const now = new Y.Doc();
		Y.applyUpdate(now, Y.encodeStateAsUpdate(before.doc));
		textOf(now, 'referat', 0).insert(0, 'now ');
		const own = new Map([
			[before.doc.clientID, acknowledged],
			[now.clientID, 0]
		]);
		expect(uncommittedText(now, PARTS, own)).toBe('before \n\nnow ');
	});

	it('leaves out what I deleted again', () => {
		const { doc, text } = twoPeople();
		const theirs = textOf(doc, 'referat', 0);
		theirs.insert(0, 'abcdef');
		theirs.delete(1, 4);
		expect(text(0)).toBe('af');
		doc.getXmlFragment('referat').delete(0, 1);
		expect(text(0)).toBe('');
	});

	it('keeps formatting out and line breaks in', () => {
		const { doc, text } = twoPeople();
		const element = new Y.XmlElement('paragraph');
		element.insert(0, [new Y.XmlText('før'), new Y.XmlElement('hardBreak'), new Y.XmlText('etter')]);
		doc.getXmlFragment('referat').insert(1, [element]);
		textOf(doc, 'referat', 1).format(0, 2, { bold: {} });
		expect(text(0)).toBe('før\netter');
	});

	it('walks nested lists', () => {
		const { doc, text } = twoPeople();
		const item = (...children: Y.XmlElement[]) => {
			const element = new Y.XmlElement('listItem');
			element.insert(0, children);
			return element;
		};
		const list = (...items: Y.XmlElement[]) => {
			const element = new Y.XmlElement('bulletList');
			element.insert(0, items);
			return element;
		};
		doc
			.getXmlFragment('referat')
			.insert(1, [list(item(paragraph('en'), list(item(paragraph('to')))), item(paragraph('tre')))]);
		expect(text(0)).toBe('en\nto\ntre');
	});
});
