import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { toJson } from '#lib/collab/render.ts';
import { Connection } from './connection.ts';

const events = {
	synced: () => undefined,
	disconnected: () => undefined,
	closed: () => undefined,
	lagret: () => undefined,
	tilstand: () => undefined,
	written: () => undefined,
	presence: () => undefined
};

describe('a connection', () => {
	it('brings back with undo what everybody else sees in the same order', () => {
		const meg = { id: 'a', navn: 'Kari', farge: 0 };
		const connection = new Connection({ url: 'ws://localhost/samarbeid', samtaleId: 'b', epoke: 1, meg }, events);
		const { doc } = connection;
		const reader = new Y.Doc();
		doc.on('update', (update: Uint8Array) => Y.applyUpdate(reader, update));
		const referat = doc.getXmlFragment('referat');
		const undo = new Y.UndoManager(referat, { captureTimeout: 0 });
		const text = new Y.XmlText('ab');
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [text]);
		referat.insert(0, [paragraph]);
		text.insert(1, 'xy');
		text.delete(0, 3);
		undo.undo();
		text.insert(2, 'z');
		referat.delete(0, 1);
		undo.undo();
		expect(toJson(reader, 'referat')).toEqual(toJson(doc, 'referat'));
		connection.destroy();
	});
});
