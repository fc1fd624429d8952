import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { toJson } from './render.ts';
import { keepUndoInOrder } from './undo-order.ts';

/** An author who undoes a deletion, types into what came back, deletes the paragraph and undoes that; and a reader. */
function session(): { author: unknown; reader: unknown; reloaded: unknown } {
	const [author, reader] = [new Y.Doc(), new Y.Doc()];
	author.on('update', (update: Uint8Array) => Y.applyUpdate(reader, update));
	const referat = author.getXmlFragment('referat');
	const undo = new Y.UndoManager(referat, { captureTimeout: 0 });
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText('ab');
	paragraph.insert(0, [text]);
	referat.insert(0, [paragraph]);
	text.insert(1, 'xy');
	text.delete(0, 3);
	undo.undo();
	text.insert(2, 'z');
	referat.delete(0, 1);
	undo.undo();
	const reloaded = new Y.Doc();
	Y.applyUpdate(reloaded, Y.encodeStateAsUpdate(author));
	const [a, r, l] = [author, reader, reloaded].map((doc) => JSON.stringify(toJson(doc, 'referat')));
	return { author: a, reader: r, reloaded: l };
}

describe('keepUndoInOrder', () => {
	it('is needed: without it the author sees another text than everyone else', () => {
		const { author, reader } = session();
		expect(author).not.toBe(reader);
	});

	it('lets all see the same text; calling it twice changes nothing more', () => {
		keepUndoInOrder();
		const integrate = Y.Item.prototype.integrate;
		keepUndoInOrder();
		expect(Y.Item.prototype.integrate).toBe(integrate);
		const { author, reader, reloaded } = session();
		expect(author).toContain('axzyb');
		expect(reader).toBe(author);
		expect(reloaded).toBe(author);
	});
});
