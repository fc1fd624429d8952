import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { MARKS, NODES, ROOTS, isValidMark, isValidNodeAttr, type MarkName, type NodeName } from '#lib/collab/schema.ts';
import { baseDoc } from './hostile.ts';
import { applyAsRoom, judge, rendered, serverDoc } from './test-support.ts';
import * as w from './test-support.ts';

/** A state to throw updates at; judging leaves it as it is, so it is made once. */
class Target {
	readonly doc: Y.Doc;
	private readonly before: Uint8Array;

	constructor(before: Uint8Array) {
		this.before = before;
		this.doc = serverDoc(before);
	}

	/** Holds an accepted update against what acceptance promises. Returns whether it was accepted. */
	holds(update: Uint8Array): boolean {
		const verdict = judge(this.doc, update);
		expect([...this.doc.share.keys()].sort()).toEqual([...ROOTS]);
		if (!verdict.ok) return false;
		expect(Y.encodeStateAsUpdate(this.doc)).toEqual(this.before);
		const applied = serverDoc(this.before);
		const delta = applyAsRoom(applied, update);
		expect([applied.store.pendingStructs, applied.store.pendingDs]).toEqual([null, null]);
		expect([...applied.share.keys()].sort()).toEqual([...ROOTS]);
		expect(verdict.noop).toBe(delta === null);
		const shown = rendered(applied);
		expectKnown(shown);
		// What is logged and relayed is the delta: it must say all that happened here.
		expect(rendered(serverDoc(this.before, ...(delta === null ? [] : [delta])))).toEqual(shown);
		return true;
	}
}

/** Every node, attribute, mark and value that would reach an editor stands in the table. */
function expectKnown(json: unknown): void {
	if (Array.isArray(json)) return json.forEach(expectKnown);
	const { type, attrs = {}, marks = [], content = [], text } = json as Record<string, unknown>;
	if (type === 'text') {
		expect(typeof text).toBe('string');
		for (const mark of marks as { type: MarkName; attrs: unknown }[]) {
			expect(Object.hasOwn(MARKS, mark.type) && isValidMark(mark.type, mark.attrs)).toBe(true);
		}
		return;
	}
	expect(type === 'doc' || Object.hasOwn(NODES, type as string)).toBe(true);
	for (const [attr, value] of Object.entries(attrs as object)) {
		expect(isValidNodeAttr(type as NodeName, attr, value)).toBe(true);
	}
	expectKnown(content);
}

/** A short honest session: each update with the state that it met. */
function session(): { target: Target; update: Uint8Array }[] {
	const client = new Y.Doc();
	client.clientID = 3;
	const taken: { target: Target; update: Uint8Array }[] = [];
	const take = (server: Y.Doc, update: Uint8Array) =>
		taken.push({ target: new Target(Y.encodeStateAsUpdate(server)), update });
	const server = baseDoc();
	Y.applyUpdate(client, Y.encodeStateAsUpdate(server), 'remote');
	client.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin === 'remote') return;
		take(server, update);
		applyAsRoom(server, update);
	});
	const referat = client.getXmlFragment('referat');
	const first = (referat.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	first.insert(4, 'på 👩🏽‍⚕️');
	first.format(0, 6, { bold: {} });
	first.format(2, 9, {
		link: { href: 'https://helsenorge.no/å', target: '_blank', rel: null, class: null, title: null }
	});
	first.delete(1, 4);
	w.setAttribute(referat.get(1) as Y.XmlElement, 'level', 3);
	const list = new Y.XmlElement('orderedList');
	w.setAttribute(list, 'start', 5);
	const item = new Y.XmlElement('listItem');
	item.insert(0, [new Y.XmlText('punkt')]);
	list.insert(0, [item]);
	referat.insert(1, [list]);
	first.format(0, 5, { bold: null });
	referat.delete(2, 1);
	take(baseDoc(), Y.encodeStateAsUpdate(client));
	take(server, Y.encodeStateAsUpdate(client));
	return taken;
}

/** One small damage: where, what kind, and with what. */
type Damage = [at: number, kind: number, by: number];

function damaged(bytes: Uint8Array, damages: Damage[]): Uint8Array {
	const all = [...bytes];
	for (const [where, kind, by] of damages) {
		const at = where % Math.max(all.length, 1);
		if (kind === 0) all[at] = by;
		if (kind === 1) all[at] = (all[at] ?? 0) ^ (1 << (by % 8));
		if (kind === 2) all[at] = ((all[at] ?? 0) + (by % 2 ? 1 : 255)) % 256;
		if (kind === 3) all.splice(at, 1 + (by % 4));
		if (kind === 4) all.splice(at, 0, by);
		if (kind === 5) all.splice(at, 0, ...all.slice(at, at + (by % 12)));
	}
	return Uint8Array.from(all);
}

describe('damaged updates', () => {
	it('are refused or harmless, 10,000 times', { timeout: 60_000 }, () => {
		const corpus = session();
		expect(corpus.every(({ target, update }) => target.holds(update))).toBe(true);
		const damage = fc.tuple(fc.nat(2000), fc.nat(5), fc.nat(255));
		fc.assert(
			fc.property(fc.constantFrom(...corpus), fc.array(damage, { minLength: 1, maxLength: 3 }), (each, damages) => {
				each.target.holds(damaged(each.update, damages));
			}),
			{ numRuns: 10_000 }
		);
	});
});

describe('invented updates', () => {
	// Clients 8 and 9 are new; 1 is the document's own. Most places fit their content, and some point nowhere.
	const id = fc.tuple(fc.constantFrom(1, 1, 1, 8, 9), fc.nat(17));
	const character = fc.tuple(fc.constantFrom(1, 1, 1, 8, 9), fc.constantFrom(2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 0, 1));
	const gone = fc.nat(3).map((len) => w.deleted(len + 1));
	const inText = fc.tuple(
		fc.oneof(
			fc.record({ origin: character }),
			fc.record({ right: character }),
			fc.record({ origin: character, right: character }),
			fc.record({ parent: fc.constantFrom([1, 1] as const, [1, 13] as const, [9, 1] as const) })
		),
		fc.oneof(
			fc.constantFrom('x', 'xyz', '😀', 'a😀').map(w.text),
			fc.constantFrom('{}', 'true', 'null').map((json) => w.format('bold', json)),
			fc.constantFrom('null', '{"href":"https://a.no"}').map((json) => w.format('link', json)),
			gone
		)
	);
	const amongNodes = fc.tuple(
		fc.oneof(
			fc.record({ parent: fc.constantFrom('referat', 'forberedelse') }),
			fc.record({ parent: fc.constantFrom([1, 0] as const, [1, 11] as const, [8, 0] as const, [9, 0] as const) }),
			fc.record({ origin: fc.constantFrom([1, 0] as const, [1, 11] as const, [1, 1] as const, [9, 0] as const) })
		),
		fc.oneof(
			fc.constantFrom('paragraph', 'heading', 'taskItem', 'hardBreak').map(w.element),
			fc.constant(w.xmlText),
			gone
		)
	);
	const asAttr = fc.tuple(
		fc.oneof(
			fc.constant({ parent: [1, 11] as const, sub: 'level' }),
			fc.record({ parent: id, sub: fc.constantFrom('level', 'checked') }),
			fc.constant({ origin: [1, 12] as const })
		),
		fc.oneof(
			fc.constantFrom(1, 2, 6, 7, true, null).map((value) => w.any(value)),
			gone
		)
	);
	const anyhow = fc.tuple(
		fc.record({ origin: id, right: id }),
		fc.oneof(fc.constant(w.text('x')), fc.constant(w.xmlText))
	);
	const struct = fc.oneof(
		{
			weight: 12,
			arbitrary: fc
				.oneof(inText, inText, amongNodes, amongNodes, asAttr, anyhow)
				.map(([place, what]) => w.item(place, what))
		},
		{ weight: 1, arbitrary: fc.nat(2).map((len) => w.gc(len + 1)) }
	);
	const section = (client: number, clocks: number[]) =>
		fc
			.tuple(fc.constantFrom(...clocks), fc.array(struct, { minLength: 1, maxLength: 3 }))
			.map(([clock, structs]) => w.section(client, clock, ...structs));
	const sections = fc
		.tuple(
			fc.option(section(9, [0]), { nil: undefined }),
			fc.option(section(8, [0]), { nil: undefined }),
			fc.option(section(1, [2, 12, 14, 15, 16]), { nil: undefined, freq: 1 })
		)
		.map((all) => all.filter((each) => each !== undefined));
	const deletes = fc.option(
		fc
			.tuple(fc.constantFrom(1, 9), fc.nat(16), fc.nat(5))
			.map(([client, clock, len]) => [w.deletes(client, [clock, len + 1])]),
		{ nil: [] }
	);

	it('are refused or harmless, and many are accepted', { timeout: 60_000 }, () => {
		const target = new Target(Y.encodeStateAsUpdate(baseDoc()));
		let accepted = 0;
		fc.assert(
			fc.property(sections, deletes, (some, deleted) => {
				if (target.holds(w.update(some, deleted))) accepted += 1;
			}),
			{ numRuns: 6000 }
		);
		expect(accepted).toBeGreaterThan(600);
	});
});
