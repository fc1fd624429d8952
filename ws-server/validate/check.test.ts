import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/collab/limits.ts';
import { decodeUpdate } from './decode.ts';
import { baseDoc, betweenNew } from './hostile.ts';
import * as w from './test-support.ts';

const NOTHING = {
	ok: true,
	newClients: [],
	newStructs: 0,
	newNodes: 0,
	deleteOnly: false,
	deletesVisibleText: false,
	noop: true
};
const one = (...structs: Uint8Array[]) => w.update([w.section(9, 0, ...structs)]);
const judged = (bytes: Uint8Array, doc = baseDoc()) => w.judge(doc, bytes);
const quotes = (depth: number) =>
	Array.from({ length: depth }, (_, i) => w.item(i === 0 ? {} : { parent: [9, i - 1] }, w.element('blockquote')));

describe('decodeUpdate', () => {
	it('lists what an update declares', () => {
		const bytes = w.update(
			[
				w.section(
					9,
					5,
					w.gc(2),
					w.item({ origin: [1, 2], right: [1, 3] }, w.text('å😀')),
					w.item({ parent: [1, 11], sub: 'level' }, w.any(3))
				)
			],
			[w.deletes(1, [2, 1], [4, 2])]
		);
		const decoded = decodeUpdate(bytes);
		expect(decoded).toMatchObject({
			ok: true,
			update: {
				bytes,
				sections: [
					{
						client: 9,
						end: 11,
						structs: [
							{ client: 9, clock: 5, len: 2, kind: 'gc' },
							{ clock: 7, len: 3, kind: 'text', origin: { client: 1, clock: 2 }, rightOrigin: { client: 1, clock: 3 } },
							{ clock: 10, len: 1, kind: 'attr', parent: { client: 1, clock: 11 }, parentSub: 'level', values: [3] }
						]
					}
				],
				deletes: [
					{ client: 1, clock: 2, len: 1 },
					{ client: 1, clock: 4, len: 2 }
				]
			}
		});
	});
});

describe('what an accepted update means', () => {
	it('is nothing, when it is empty or known', () => {
		expect(judged(w.update([]))).toEqual(NOTHING);
		expect(judged(Y.encodeStateAsUpdate(baseDoc()))).toEqual(NOTHING);
	});

	it('is an edit of its clients, with nodes', () => {
		const bytes = w.update([
			w.section(9, 0, w.item({}, w.element('paragraph')), w.item({ parent: [9, 0] }, w.xmlText)),
			w.section(8, 0, w.item({ parent: [9, 1] }, w.text('x'))),
			w.section(1, 14, w.item({ parent: [1, 13] }, w.text('ab')))
		]);
		expect(judged(bytes)).toEqual({ ...NOTHING, newClients: [9, 8], newStructs: 3, newNodes: 2, noop: false });
	});

	it('counts a continued struct as new, when it stays where it began', () => {
		expect(judged(w.update([w.section(1, 14, w.item({ parent: [1, 13] }, w.text('abc')))]))).toEqual({
			...NOTHING,
			newClients: [1],
			newStructs: 1,
			noop: false
		});
	});

	it('is a deletion: of what is seen, of marks and attributes only, or of what is gone already', () => {
		const doc = baseDoc();
		w.applyAsRoom(doc, one(w.item({ origin: [1, 3], right: [1, 4] }, w.format('bold', '{}'))));
		const only = { ...NOTHING, deleteOnly: true, noop: false };
		expect(judged(w.update([], [w.deletes(9, [0, 1])]), doc)).toEqual(only);
		expect(judged(w.update([], [w.deletes(1, [12, 1])]), doc)).toEqual(only);
		for (const [clock, len] of [
			[2, 1],
			[0, 1],
			[1, 1],
			[0, 16]
		] as const) {
			expect(judged(w.update([], [w.deletes(1, [clock, len])]), doc)).toEqual({ ...only, deletesVisibleText: true });
		}
		w.applyAsRoom(doc, w.update([], [w.deletes(1, [0, 1])]));
		expect(judged(w.update([], [w.deletes(1, [0, 11])]), doc)).toEqual(NOTHING);
	});

	it('does not take the deletion of an empty text for an edit that people see', () => {
		const doc = w.serverDoc(one(w.item({}, w.element('paragraph')), w.item({ parent: [9, 0] }, w.xmlText)));
		expect(judged(w.update([], [w.deletes(9, [1, 1])]), doc)).toMatchObject({
			deleteOnly: true,
			deletesVisibleText: false
		});
	});
});

describe('what honest clients may do', () => {
	it.each([
		['a heading of the lowest level', one(w.item({ parent: [1, 11], sub: 'level' }, w.any(6)))],
		['a new attribute value behind the old one', one(w.item({ origin: [1, 12] }, w.any(3)))],
		['overwritten values that Yjs has joined', one(w.item({ origin: [1, 12] }, w.any(3, 4)))],
		['a deleted attribute value', one(w.item({ origin: [1, 12] }, w.deleted(2)))],
		['deleted nodes in a root', one(w.item({}, w.deleted(3)))],
		['thrown-away content and what hung on it', one(w.gc(5), w.item({ origin: [9, 4] }, w.text('x')))],
		['a node within thrown-away content', one(w.gc(1), w.item({ parent: [9, 0] }, w.element('paragraph')))],
		['a node within deleted content', one(w.item({}, w.deleted(1)), w.item({ parent: [9, 0] }, w.xmlText))],
		['a safe link', one(w.item({ parent: [1, 1] }, w.format('link', '{"href":"https://helsenorge.no"}')))],
		['the end of a mark', one(w.item({ parent: [1, 1] }, w.format('link', 'null')))],
		[
			'a list that begins with a phone number',
			one(w.item({}, w.element('orderedList')), w.item({ parent: [9, 0], sub: 'start' }, w.any(4790012345)))
		],
		[
			'a text and a list item straight under a root',
			one(w.item({}, w.xmlText), w.item({ parent: 'forberedelse' }, w.element('listItem')))
		],
		['tabs, line breaks, joiners and other scripts', one(w.item({ parent: [1, 1] }, w.text('\t\r\n👩🏽‍⚕️ čáhci\u200f')))],
		['a cut through a surrogate pair by new text', one(w.item({ origin: [1, 6], right: [1, 7] }, w.text('x')))],
		['text between what two others wrote at the same time', betweenNew([8, 0], [9, 0])],
		['32 quotes in each other', one(...quotes(LIMITS.depth))],
		[
			'clients that build on each other in turns',
			w.update([
				w.section(9, 0, w.item({ parent: [1, 1] }, w.text('a')), w.item({ origin: [8, 0] }, w.text('c'))),
				w.section(8, 0, w.item({ origin: [9, 0] }, w.text('b')), w.item({ origin: [9, 1] }, w.text('d')))
			])
		]
	])('%s', (_, bytes) => {
		const doc = baseDoc();
		expect(judged(bytes, doc)).toMatchObject({ ok: true, noop: false });
		w.applyAsRoom(doc, bytes);
		expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
		w.rendered(doc);
	});

	it('a document whose parts nobody has opened yet', () => {
		const doc = new Y.Doc({ gc: false });
		expect(judged(one(...quotes(LIMITS.depth)), doc)).toMatchObject({ ok: true, newNodes: LIMITS.depth });
		expect(judged(one(...quotes(LIMITS.depth + 1)), doc)).toMatchObject({ ok: false, fault: 'tooDeep' });
		expect(doc.share.size).toBe(0);
	});
});

it('decodes and checks', () => {
	expect(judged(w.update([]))).toEqual(NOTHING);
	expect(judged(new Uint8Array(0))).toMatchObject({ ok: false, fault: 'invalid' });
});
