import { getSchema } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';
import { updateYFragment, yDocToProsemirrorJSON, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isValidNodeAttr, MARKS, NODES, type NodeName } from '#lib/collab/schema.ts';
import { schemaExtensions } from './extensions.ts';

const schema = getSchema(schemaExtensions());
const node = (name: string) => {
	const type = schema.nodes[name];
	if (!type) throw new Error(`no node ${name}`);
	return type;
};
/** The tag that a ProseMirror output spec begins with. */
const dom = (spec: unknown) => (Array.isArray(spec) ? String(spec[0]) : '');
const keys = (record: object) => Object.keys(record).sort();

describe('the editor schema', () => {
	it('has exactly the nodes and marks of the whitelist', () => {
		expect(keys(schema.nodes).filter((name) => name !== 'doc' && name !== 'text')).toEqual(keys(NODES));
		expect(keys(schema.marks)).toEqual(keys(MARKS));
	});

	it.each(keys(NODES))('gives %s exactly the attributes of the whitelist', (name) => {
		expect(keys(schema.nodes[name]?.spec.attrs ?? {})).toEqual(keys(NODES[name as NodeName]));
	});

	it('gives bold and italic no attribute, and a link only its address', () => {
		expect(keys(schema.marks.bold?.spec.attrs ?? {})).toEqual(keys(MARKS.bold));
		expect(keys(schema.marks.italic?.spec.attrs ?? {})).toEqual(keys(MARKS.italic));
		expect(keys(schema.marks.link?.spec.attrs ?? {})).toEqual(['href']);
		expect(keys(MARKS.link)).toContain('href');
	});

	it('has only defaults that are allowed', () => {
		for (const [name, type] of Object.entries(schema.nodes)) {
			for (const [attr, spec] of Object.entries(type.spec.attrs ?? {})) {
				expect(isValidNodeAttr(name as NodeName, attr, spec.default)).toBe(true);
			}
		}
	});

	it('lets no merge of two honest edits make a list item that the binding would delete with its text', () => {
		for (const name of ['listItem', 'taskItem']) {
			const { contentMatch } = node(name);
			for (const first of ['paragraph', 'heading', 'bulletList', 'taskList', 'blockquote']) {
				expect(contentMatch.matchType(node(first))?.validEnd).toBe(true);
			}
			expect(contentMatch.defaultType?.name).toBe('paragraph');
		}
	});

	it('renders the levels of a note under the page’s own headings', () => {
		const tag = (level: number) => dom(node('heading').spec.toDOM?.(node('heading').create({ level })));
		expect([1, 2, 3, 6].map(tag)).toEqual(['h3', 'h4', 'h5', 'h5']);
	});

	it('renders an unsafe address as plain text', () => {
		const tag = (href: unknown) => {
			const mark = schema.mark('link', { href });
			return dom(mark.type.spec.toDOM?.(mark, true));
		};
		expect(tag('https://nav.no')).toBe('a');
		for (const href of ['javascript:alert(1)', 'data:text/html,x', null, ['https://nav.no'], ' https://nav.no']) {
			expect(tag(href)).toBe('span');
		}
	});
});

describe('the binding', () => {
	it('deletes nothing that it merely reads, not even values that are not allowed', () => {
		const doc = new Y.Doc();
		const heading = new Y.XmlElement<Record<string, number>>('heading');
		heading.setAttribute('level', 99);
		heading.insert(0, [new Y.XmlText('a')]);
		const linked = new Y.XmlText();
		linked.insert(0, 'b', { link: { href: 'javascript:alert(1)', target: '_blank' }, bold: {} });
		linked.insert(1, 'c', { link: {} });
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [linked]);
		doc.getXmlFragment('referat').insert(0, [heading as unknown as Y.XmlElement, paragraph]);
		let updates = 0;
		doc.on('update', () => updates++);
		expect(yXmlFragmentToProseMirrorRootNode(doc.getXmlFragment('referat'), schema).textContent).toBe('abc');
		expect(updates).toBe(0);
	});

	it('keeps all text when one person deletes the first paragraph of an item and another the second', () => {
		const meta = () => ({ mapping: new Map(), isOMark: new Map() });
		const para = (text: string) => schema.node('paragraph', null, [schema.text(text)]);
		const list = (...blocks: PmNode[]) => schema.node('bulletList', null, [schema.node('listItem', null, blocks)]);
		const write = (doc: Y.Doc, ...blocks: PmNode[]) =>
			updateYFragment(doc, doc.getXmlFragment('referat'), schema.node('doc', null, [list(...blocks)]), meta());
		const nested = list(para('beholdes'));

		const kari = new Y.Doc();
		write(kari, para('en'), para('to'), nested);
		const ola = new Y.Doc();
		Y.applyUpdate(ola, Y.encodeStateAsUpdate(kari));
		write(kari, para('to'), nested);
		write(ola, para('en'), nested);
		Y.applyUpdate(ola, Y.encodeStateAsUpdate(kari));

		let updates = 0;
		ola.on('update', () => updates++);
		expect(yXmlFragmentToProseMirrorRootNode(ola.getXmlFragment('referat'), schema).textContent).toBe('beholdes');
		expect(updates).toBe(0);
	});

	it('writes what the whitelist allows', () => {
		const doc = new Y.Doc();
		const json = {
			type: 'doc',
			content: [
				{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Legevakt' }] },
				{
					type: 'taskList',
					content: [{ type: 'taskItem', attrs: { checked: true }, content: [{ type: 'paragraph' }] }]
				},
				{
					type: 'paragraph',
					content: [
						{ type: 'text', marks: [{ type: 'bold', attrs: {} }], text: 'a' },
						{ type: 'text', marks: [{ type: 'link', attrs: { href: 'https://nav.no' } }], text: 'b' }
					]
				}
			]
		};
		const meta = { mapping: new Map(), isOMark: new Map() };
		updateYFragment(doc, doc.getXmlFragment('referat'), schema.nodeFromJSON(json), meta);
		expect(yDocToProsemirrorJSON(doc, 'referat')).toEqual(json);
	});
});
