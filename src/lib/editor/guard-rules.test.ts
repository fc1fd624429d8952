import { getSchema } from '@tiptap/core';
import type { Node as PmNode } from '@tiptap/pm/model';
import { EditorState, type Transaction } from '@tiptap/pm/state';
import { updateYFragment } from '@tiptap/y-tiptap';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { LIMITS } from '#lib/collab/limits.ts';
import { schemaExtensions } from './extensions.ts';
import { judge } from './guard-rules.ts';
import { bytesOfEdit, shapeOf } from './guard-size.ts';

const schema = getSchema(schemaExtensions());
const text = (value: string) => schema.text(value);
const p = (value = '') => schema.node('paragraph', null, value ? [text(value)] : []);
const doc = (...blocks: PmNode[]) => schema.node('doc', null, blocks.length ? blocks : [p()]);

/** An editor's state over a Y.Doc that holds the same. */
function editor(...blocks: PmNode[]): { state: EditorState; ydoc: Y.Doc; fragment: Y.XmlFragment } {
	const state = EditorState.create({ doc: doc(...blocks) });
	const ydoc = new Y.Doc({ gc: false });
	write(ydoc, 'referat', state.doc);
	return { state, ydoc, fragment: ydoc.getXmlFragment('referat') };
}

/** Makes a part what an editor would make it, and returns the bytes that took. */
function write(ydoc: Y.Doc, part: string, node: PmNode): number {
	let bytes = 0;
	ydoc.once('update', (update: Uint8Array) => (bytes = update.length));
	const meta = { mapping: new Map(), isOMark: new Map() };
	ydoc.transact(() => updateYFragment(ydoc, ydoc.getXmlFragment(part), node, meta));
	return bytes;
}

/** What the guard says to an edit of a document. */
function said(blocks: PmNode[], edit: (tr: Transaction) => Transaction) {
	const { state, fragment } = editor(...blocks);
	return judge(edit(state.tr), fragment);
}

/** A synthetic number (month + 80) that belongs to nobody. */
const FNR = '01819010001';
const LAST = FNR.slice(10);
const END = (tr: Transaction) => tr.doc.content.size - 1;

describe('fødselsnummer', () => {
	it('is stopped at the digit that completes it', () => {
		expect(said([p(FNR.slice(0, 10))], (tr) => tr.insertText(LAST, END(tr)))).toBe('fodselsnummer');
		expect(said([p(FNR.slice(0, 9))], (tr) => tr.insertText(FNR.slice(9, 10), END(tr)))).toBeUndefined();
		expect(said([p(FNR.slice(0, 10))], (tr) => tr.insertText(LAST === '1' ? '2' : '1', END(tr)))).toBeUndefined();
	});

	it.each([
		['pasted in a sentence', (tr: Transaction) => tr.insertText(`Pas. ${FNR} kom inn`, 1)],
		['in a pasted paragraph', (tr: Transaction) => tr.insert(0, p(FNR))],
		[
			'made by deleting what stood in between',
			(tr: Transaction) => tr.insertText(`${FNR.slice(0, 6)}x${FNR.slice(6)}`, 1).delete(7, 8)
		],
		['made by joining two blocks', (tr: Transaction) => tr.insert(0, [p(FNR.slice(0, 6)), p(FNR.slice(6))]).join(8)],
		[
			'in an address',
			(tr: Transaction) => tr.insert(1, schema.text('her', [schema.mark('link', { href: `https://x.no/${FNR}` })]))
		]
	])('is stopped %s', (_how, edit) => {
		expect(said([p('')], edit)).toBe('fodselsnummer');
	});

	it('is found across formatting', () => {
		const half = schema.node('paragraph', null, [
			text(FNR.slice(0, 5)),
			schema.text(FNR.slice(5, 10), [schema.mark('bold')])
		]);
		expect(said([half], (tr) => tr.insertText(LAST, END(tr)))).toBe('fodselsnummer');
	});

	it('that slipped in earlier stops neither writing beside it, nor formatting, nor removing it', () => {
		const there = [p(`Pas. ${FNR}.`)];
		expect(said(there, (tr) => tr.insertText(' Mer', END(tr)))).toBeUndefined();
		expect(said(there, (tr) => tr.addMark(1, END(tr), schema.mark('bold')))).toBeUndefined();
		expect(said(there, (tr) => tr.delete(6, 8))).toBeUndefined();
		expect(said(there, (tr) => tr.insertText(` ${FNR}`, END(tr)))).toBe('fodselsnummer');
	});
});

describe('what may not stand in the document', () => {
	it.each([
		['NUL', (tr: Transaction) => tr.insertText('a\u0000b', 1)],
		['a bidirectional override', (tr: Transaction) => tr.insertText('a\u202eb', 1)],
		['half a surrogate pair', (tr: Transaction) => tr.insertText('\ud83d', 1)],
		['an unsafe address', (tr: Transaction) => tr.addMark(1, 3, schema.mark('link', { href: 'javascript:alert(1)' }))],
		['an array as address', (tr: Transaction) => tr.addMark(1, 3, schema.mark('link', { href: ['https://nav.no'] }))],
		['a level that does not exist', (tr: Transaction) => tr.setNodeMarkup(0, schema.nodes.heading, { level: 99 })]
	])('%s', (_what, edit) => {
		expect(said([p('abc')], edit)).toBe('not-allowed');
	});

	it('lets ordinary text, emoji and Sámi letters through', () => {
		expect(said([p('abc')], (tr) => tr.insertText('Čáŋŋá 👩🏽‍⚕️ – «ja»\t\u00a0', 1))).toBeUndefined();
	});
});

describe('limits', () => {
	const long = 'ord og ord. '.repeat(7000);

	it('refuses one edit of more than 64 KiB and allows one just under', () => {
		expect(said([p()], (tr) => tr.insertText(long, 1))).toBe('too-large');
		expect(said([p()], (tr) => tr.insertText(long.slice(0, 60_000), 1))).toBeUndefined();
	});

	it('measures UTF-8, not characters', () => {
		expect(said([p()], (tr) => tr.insertText('å'.repeat(40_000), 1))).toBe('too-large');
	});

	it('refuses to split or wrap so much at once that Yjs writes more than 64 KiB anew', () => {
		const big = [p(long.slice(0, 40_000)), p(long.slice(0, 40_000))];
		const wrap = (tr: Transaction) => {
			const range = tr.doc.resolve(1).blockRange(tr.doc.resolve(tr.doc.content.size - 1));
			return range ? tr.wrap(range, [{ type: schema.node('blockquote', null, [p()]).type }]) : tr;
		};
		expect(said(big, wrap)).toBe('too-large');
		expect(said([p(long.slice(0, 60_000))], wrap)).toBeUndefined();
	});

	it('lets one type, format and delete in a long text', () => {
		const big = [p(long), p(long), p(long)];
		expect(said(big, (tr) => tr.insertText('x', 5000))).toBeUndefined();
		expect(said(big, (tr) => tr.split(50))).toBe('too-large');
		expect(said(big, (tr) => tr.split(tr.doc.content.size - 50))).toBeUndefined();
		expect(said(big, (tr) => tr.addMark(1, 100_000, schema.mark('bold')))).toBeUndefined();
		expect(said(big, (tr) => tr.delete(0, tr.doc.content.size))).toBeUndefined();
	});

	it('refuses what is nested too deep', () => {
		const nested = (levels: number) => {
			let block = p('x');
			for (let i = 0; i < levels; i++) block = schema.node('blockquote', null, [block]);
			return block;
		};
		expect(said([p()], (tr) => tr.insert(0, nested(LIMITS.depth - 2)))).toBeUndefined();
		expect(said([p()], (tr) => tr.insert(0, nested(LIMITS.depth - 1)))).toBe('too-deep');
	});

	it('counts the nodes of both parts', () => {
		const { state, ydoc, fragment } = editor(p('x'));
		const lines = (n: number) => Array.from({ length: n }, () => p());
		expect(judge(state.tr.insert(0, lines(1000)), fragment)).toBeUndefined();
		write(ydoc, 'forberedelse', doc(...lines(LIMITS.nodes - 500)));
		expect(judge(state.tr.insert(0, lines(400)), fragment)).toBeUndefined();
		expect(judge(state.tr.insert(0, lines(600)), fragment)).toBe('too-many-nodes');
	});

	it('stops growth, but not deletion, when the document is full', () => {
		const { state, ydoc, fragment } = editor(p('x'));
		for (let turn = 0, bytes = 0; bytes < LIMITS.documentBytes - 1200; turn++) {
			bytes += write(
				ydoc,
				'forberedelse',
				doc(p('abcdefgh'.charAt(turn % 8).repeat(Math.min(60_000, LIMITS.documentBytes - bytes - 1000))))
			);
		}
		expect(judge(state.tr.insertText('mer', 1), fragment)).toBe('document-full');
		expect(judge(state.tr.insert(0, p('mer '.repeat(2000))), fragment)).toBe('document-full');
		expect(judge(state.tr.delete(1, 2), fragment)).toBeUndefined();
	});

	it('never understates what an edit costs', () => {
		const samples = [
			[p('a'.repeat(50_000))],
			Array.from({ length: 500 }, () => p('å')),
			[schema.node('orderedList', { start: 5 }, [schema.node('listItem', null, [p('a'), p('b')])])],
			[
				schema.node(
					'paragraph',
					null,
					Array.from({ length: 200 }, (_, i) => schema.text('x', i % 2 ? [schema.mark('bold')] : []))
				)
			]
		];
		for (const sample of samples) {
			const { ydoc, fragment } = editor();
			const edited = doc(...sample);
			const estimate = bytesOfEdit(edited, fragment);
			const actual = write(ydoc, 'referat', edited);
			expect(estimate).toBe(actual);
			expect(shapeOf(edited.content).bytesAtMost).toBeGreaterThanOrEqual(actual);
		}
	});
});
