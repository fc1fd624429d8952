import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sanitizeDoc, type DocNode } from './safe-doc.ts';

const doc = (...content: unknown[]) => ({ type: 'doc', content });
const text = (value: string, ...marks: unknown[]) => ({ type: 'text', text: value, marks });
const plain = (value: string): DocNode => ({ type: 'text', text: value, marks: [] });

describe('sanitizeDoc', () => {
	it('keeps what is known, with its attributes', () => {
		const link = { type: 'link', attrs: { href: 'https://helsenorge.no', target: '_blank', title: 'Å' } };
		const clean = sanitizeDoc(
			doc(
				{ type: 'heading', attrs: { level: 2 }, content: [text('Mål')] },
				{ type: 'orderedList', attrs: { start: 3, type: 'a' }, content: [{ type: 'listItem' }] },
				{ type: 'taskList', content: [{ type: 'taskItem', attrs: { checked: true } }] },
				{ type: 'paragraph', content: [text('a', { type: 'bold', attrs: true }, link), { type: 'hardBreak' }] }
			)
		);
		expect(clean).toEqual({
			type: 'doc',
			content: [
				{ type: 'heading', level: 2, content: [plain('Mål')] },
				{ type: 'orderedList', start: 3, style: 'a', content: [{ type: 'listItem', content: [] }] },
				{ type: 'taskList', content: [{ type: 'taskItem', checked: true, content: [] }] },
				{
					type: 'paragraph',
					content: [
						{
							type: 'text',
							text: 'a',
							marks: [{ type: 'bold' }, { type: 'link', href: 'https://helsenorge.no', title: 'Å' }]
						},
						{ type: 'hardBreak' }
					]
				}
			]
		});
	});

	it('turns the unknown into what is known within it', () => {
		const clean = sanitizeDoc(
			doc({ type: 'iframe', attrs: { src: 'x' }, content: [text('kept', { type: 'script' })] }, { type: 'image' })
		);
		expect(clean.content).toEqual([plain('kept')]);
	});

	it('puts defaults in the place of unusable attributes', () => {
		const clean = sanitizeDoc(
			doc(
				{ type: 'heading', attrs: { level: ['1'] } },
				{ type: 'orderedList', attrs: { start: 'x', type: 'disc' } },
				{ type: 'taskItem', attrs: { checked: 'true' } }
			)
		);
		expect(clean.content).toEqual([
			{ type: 'heading', level: 1, content: [] },
			{ type: 'orderedList', start: 1, style: null, content: [] },
			{ type: 'taskItem', checked: false, content: [] }
		]);
	});

	it('takes unsafe links off and leaves their text', () => {
		for (const attrs of [{ href: 'javascript:alert(1)' }, {}, null, true, { href: ['https://a.example'] }]) {
			expect(sanitizeDoc(doc(text('x', { type: 'link', attrs }))).content).toEqual([plain('x')]);
		}
	});

	it('shows no control or bidi characters', () => {
		expect(sanitizeDoc(doc(text('a\u202eb\u0000c\ud800'), text('\u2066'))).content).toEqual([plain('abc')]);
	});

	it('stops where no accepted document can be', () => {
		let node: unknown = text('deep');
		for (let i = 0; i < 5000; i++) node = { type: 'blockquote', content: [node] };
		expect(JSON.stringify(sanitizeDoc(doc(node)))).not.toContain('deep');
	});

	it('survives anything, and only says what it knows', { timeout: 60_000 }, () => {
		const types = new Set(['doc', 'text', 'paragraph', 'heading', 'hardBreak', 'bold', 'link']);
		const name = fc.constantFrom(...types, 'script', '__proto__', 'constructor', 7, null);
		const { node } = fc.letrec((tie) => ({
			node: fc.oneof(
				{ depthSize: 'small' },
				fc.jsonValue(),
				fc.record({
					type: name,
					text: fc.anything(),
					marks: tie('nodes'),
					attrs: fc.jsonValue(),
					content: tie('nodes')
				})
			),
			nodes: fc.oneof(fc.array(tie('node'), { maxLength: 4 }), fc.anything())
		}));
		fc.assert(
			fc.property(node, (json) => {
				const found = JSON.stringify(sanitizeDoc(json)).matchAll(/"type":"(\w+)"/g);
				for (const [, type] of found) expect(types.has(type ?? '')).toBe(true);
			})
		);
	});
});
