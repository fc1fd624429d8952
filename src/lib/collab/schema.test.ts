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
import { describe, expect, it } from 'vitest';
import {
	isAttrName,
	isMarkName,
	isNodeName,
	isRootName,
	isValidMark,
	isValidMarkAttr,
	isValidNodeAttr,
	MARKS,
	NODES,
	type MarkName,
	type NodeName
} from './schema.ts';

const OBJECT_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''];
const HREF = 'https://helsenorge.no/';

describe('the table of nodes and marks', () => {
	const tiptap = getSchema([
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

	it('has the nodes and marks of the Tiptap extensions that the editor is built of', () => {
		const nodes = Object.keys(tiptap.nodes).filter((name) => name !== 'doc' && name !== 'text');
		expect(nodes.sort()).toEqual(Object.keys(NODES).sort());
		expect(Object.keys(tiptap.marks).sort()).toEqual(Object.keys(MARKS).sort());
	});

	it('has their attributes, and allows the values that they begin with', () => {
		for (const name of Object.keys(NODES) as NodeName[]) {
			const attrs = tiptap.nodes[name]?.spec.attrs ?? {};
			expect(Object.keys(attrs).sort()).toEqual(Object.keys(NODES[name]).sort());
			for (const [attr, { default: value }] of Object.entries(attrs)) {
				expect(isValidNodeAttr(name, attr, value), `${name}.${attr}`).toBe(true);
			}
		}
		for (const name of Object.keys(MARKS) as MarkName[]) {
			const attrs = tiptap.marks[name]?.spec.attrs ?? {};
			expect(Object.keys(attrs).sort()).toEqual(Object.keys(MARKS[name]).sort());
			for (const [attr, { default: value }] of Object.entries(attrs)) {
				if (attr !== 'href') expect(isValidMarkAttr(name, attr, value), `${name}.${attr}`).toBe(true);
			}
		}
	});

	it('allows a link as Tiptap writes it', () => {
		const mark = tiptap.marks['link']?.create({ href: HREF });
		expect(isValidMark('link', JSON.parse(JSON.stringify(mark?.attrs)))).toBe(true);
	});
});

describe('names', () => {
	it('are known when they stand in the table, and only then', () => {
		expect(['forberedelse', 'referat'].every(isRootName)).toBe(true);
		expect(['paragraph', 'taskItem'].every(isNodeName)).toBe(true);
		expect(['bold', 'link'].every(isMarkName)).toBe(true);
		expect(['level', 'checked', 'start', 'type'].every(isAttrName)).toBe(true);
		for (const known of [isRootName, isNodeName, isMarkName, isAttrName]) {
			expect(OBJECT_NAMES.some(known)).toBe(false);
		}
		expect(isNodeName('Paragraph')).toBe(false);
		expect(isAttrName('href')).toBe(false);
	});
});

describe('values', () => {
	const bad = [undefined, NaN, Infinity, -Infinity, [], [1], {}, { a: 1 }, new Uint8Array(1), 1n, Symbol('x'), () => 1];

	it.each<[NodeName, string, unknown[], unknown[]]>([
		['heading', 'level', [1, 6], [0, 7, 1.5, '1', null, true]],
		['orderedList', 'start', [1, 0, -3, 123456789012], [1.5, 1e300, '1', null]],
		['orderedList', 'type', [null, '1', 'a', 'A', 'i', 'I'], ['disc', '', 1]],
		['taskItem', 'checked', [true, false], ['true', 1, null]]
	])('%s.%s', (node, attr, good, others) => {
		for (const value of good) expect(isValidNodeAttr(node, attr, value), String(value)).toBe(true);
		for (const value of [...bad, ...others]) expect(isValidNodeAttr(node, attr, value)).toBe(false);
	});

	it('belong to their own node', () => {
		expect(isValidNodeAttr('paragraph', 'level', 1)).toBe(false);
		expect(isValidNodeAttr('taskItem', 'level', 1)).toBe(false);
		for (const attr of OBJECT_NAMES) expect(isValidNodeAttr('heading', attr, 1)).toBe(false);
	});

	it('of bold and italic are empty', () => {
		for (const value of [null, true, {}]) expect(isValidMark('bold', value)).toBe(true);
		for (const value of [false, 1, 'x', [], { a: 1 }, undefined]) expect(isValidMark('italic', value)).toBe(false);
	});

	it('of links are safe', () => {
		for (const more of [
			{},
			{ target: null },
			{ target: '_blank', rel: 'noopener noreferrer', class: null, title: 'Å' }
		]) {
			expect(isValidMark('link', { href: HREF, ...more })).toBe(true);
		}
		const refused = [
			{},
			{ href: null },
			{ href: 'javascript:x' },
			{ href: [HREF] },
			{ href: HREF, target: '_top' },
			{ href: HREF, rel: 'opener' },
			{ href: HREF, rel: '' },
			{ href: HREF, rel: 'noopener noopener noopener noopener noopener noopener' },
			{ href: HREF, class: 'x' },
			{ href: HREF, title: 'x'.repeat(201) },
			{ href: HREF, title: '\u202e' },
			{ href: HREF, title: ['x'] },
			{ href: HREF, style: 'x' },
			JSON.parse(`{"href":"${HREF}","__proto__":{"a":1}}`) as object,
			[HREF],
			true
		];
		for (const value of refused) expect(isValidMark('link', value), JSON.stringify(value)).toBe(false);
		expect(isValidMark('link', null)).toBe(true);
	});
});
