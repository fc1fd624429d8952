import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { CollabRow } from '#lib/server/queries/collab.ts';
import type { Derived } from './batch.ts';
import { Flight } from './flight.ts';

/** The update that this makes on top of `base`. */
function on(base: Uint8Array[], change: (paragraph: Y.XmlElement) => void): Uint8Array {
	const doc = new Y.Doc({ gc: false });
	for (const update of base) Y.applyUpdate(doc, update);
	let made: Uint8Array = new Uint8Array();
	doc.on('update', (update: Uint8Array) => (made = update));
	doc.transact(() => change(doc.getXmlFragment('referat').get(0) as Y.XmlElement));
	return made;
}
const texts = (paragraph: Y.XmlElement) => paragraph.get(0) as Y.XmlText;
const type = (text: string) => (paragraph: Y.XmlElement) => texts(paragraph).insert(0, text);

const first = (() => {
	const doc = new Y.Doc({ gc: false });
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText('Hei')]);
	doc.getXmlFragment('referat').insert(0, [paragraph]);
	return Y.encodeStateAsUpdate(doc);
})();

const flight = (upd: Uint8Array) => new Flight([], [{ row: { upd, kind: 'edit' } } as Derived], []);
const rows = (...updates: Uint8Array[]) => updates.map((upd) => ({ upd }) as CollabRow);

test('what is typed here may follow what is typed and deleted elsewhere, but not itself', () => {
	const own = on([first], type('a'));
	expect(flight(own).mayFollow(rows(on([first], type('b'))))).toBe(true);
	expect(flight(own).mayFollow(rows(on([first], (paragraph) => texts(paragraph).delete(0, 2))))).toBe(true);
	expect(flight(own).mayFollow(rows(own))).toBe(false);
});

test('what deletes may follow what is typed, but not what may have taken that away without naming it', () => {
	const word = on([first], type('a'));
	const taken = on([first, word], (paragraph) => texts(paragraph).delete(0, 1));
	expect(flight(taken).mayFollow(rows(on([first], type('b'))))).toBe(true);
	// Made by one who had not seen the word yet: it goes with the paragraph.
	const gone = on([first], (paragraph) => (paragraph.parent as Y.XmlFragment).delete(0, 1));
	expect(Y.decodeUpdate(gone).ds.clients.has(Y.decodeUpdate(word).structs[0]?.id.client ?? 0)).toBe(false);
	expect(flight(taken).mayFollow(rows(gone))).toBe(false);
});

test('what deletes half of a character may not follow what takes all of it away: there it would not be cut', () => {
	const smile = on([first], type('😀'));
	const half = on([first, smile], (paragraph) => {
		texts(paragraph).insert(texts(paragraph).length, 'k');
		texts(paragraph).delete(0, 1);
	});
	// Made by one who had not seen it yet.
	const gone = on([first], (paragraph) => (paragraph.parent as Y.XmlFragment).delete(0, 1));
	expect(flight(half).mayFollow(rows(gone))).toBe(false);
});
