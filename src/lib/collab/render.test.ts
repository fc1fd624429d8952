import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { sanitizeDoc, toJson } from './render.ts';

describe('toJson', () => {
	it('is an empty document where nothing was written', () => {
		expect(toJson(new Y.Doc(), 'referat')).toEqual({ type: 'doc', content: [] });
	});

	it('renders one part and changes nothing', () => {
		const doc = new Y.Doc();
		const heading = new Y.XmlElement('heading');
		// Yjs' types take attributes for strings; y-tiptap writes numbers too.
		heading.setAttribute('level', 2 as unknown as string);
		const written = new Y.XmlText('Mål');
		heading.insert(0, [written]);
		doc.getXmlFragment('referat').insert(0, [heading, new Y.XmlText('løs')]);
		written.format(0, 2, { bold: true });
		const before = Y.encodeStateAsUpdate(doc);
		const json = toJson(doc, 'referat');
		expect(json.content).toEqual([
			{
				type: 'heading',
				attrs: { level: 2 },
				content: [
					{ type: 'text', text: 'Må', marks: [{ type: 'bold', attrs: true }] },
					{ type: 'text', text: 'l' }
				]
			},
			{ type: 'text', text: 'løs' }
		]);
		expect(toJson(doc, 'forberedelse').content).toEqual([]);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
		expect(sanitizeDoc(json).content).toHaveLength(2);
	});

	it('leaves nodes alone that no schema knows, where the editor’s reader would delete them', () => {
		const doc = new Y.Doc();
		doc.getXmlFragment('referat').insert(0, [new Y.XmlElement('ukjent')]);
		expect(toJson(doc, 'referat').content).toEqual([{ type: 'ukjent' }]);
		expect(doc.getXmlFragment('referat').length).toBe(1);
		expect(sanitizeDoc(toJson(doc, 'referat')).content).toEqual([]);
	});
});
