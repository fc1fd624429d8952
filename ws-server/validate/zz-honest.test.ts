import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/collab/limits.ts';
import { NODES, ROOTS, type NodeName } from '#lib/collab/schema.ts';
import { cleanText } from '#lib/collab/text.ts';
import { keepUndoInOrder } from '#lib/collab/undo-order.ts';
import { DocMeter, countNodes } from './meter.ts';
import { applyAsRoom, judge, rendered, serverDoc, setAttribute } from './test-support.ts';

/** One step of somebody, with numbers to choose by. */
interface Step {
	who: number;
	what: (typeof WHAT)[number];
	a: number;
	b: number;
	c: number;
	text: string;
}

const WHAT = [
	'node',
	'node',
	'text',
	'text',
	'text',
	'cut',
	'format',
	'format',
	'format',
	'remove',
	'attr',
	'undo',
	'redo',
	'send',
	'send',
	'sendMerged',
	'sync',
	'resend',
	'receive',
	'receive'
] as const;

const NAMES = Object.keys(NODES) as NodeName[];
const LINK = {
	href: 'https://helsedirektoratet.no/',
	target: '_blank',
	rel: 'noopener noreferrer nofollow',
	class: null
};
const MARKS = [{ bold: {} }, { bold: null }, { italic: true }, { italic: null }, { link: LINK }, { link: null }];
const ATTRS: [NodeName, string, unknown[]][] = [
	['heading', 'level', [1, 2, 3]],
	['taskItem', 'checked', [true, false]],
	['orderedList', 'start', [1, 7, 123456789012]],
	['orderedList', 'type', [null, 'a', 'I']]
];

/** The server's room, as far as it matters here. */
class Room {
	readonly doc = serverDoc();
	readonly meter = new DocMeter(this.doc);
	readonly clients: Client[] = [];
	private readonly log: Uint8Array[] = [];

	/** Takes an update in and holds everything that `checkUpdate` promised about it against what happened. */
	receive(from: Client, bytes: Uint8Array): void {
		const verdict = judge(this.doc, bytes, this.meter);
		expect(verdict).toMatchObject({ ok: true });
		if (!verdict.ok) return;
		const before = { state: stateOf(this.doc), json: rendered(this.doc), nodes: countNodes(this.doc) };
		const delta = applyAsRoom(this.doc, bytes);
		const after = stateOf(this.doc);
		expect([this.doc.store.pendingStructs, this.doc.store.pendingDs]).toEqual([null, null]);
		expect(verdict.noop).toBe(delta === null);
		const grown = [...after].filter(([client, clock]) => clock > (before.state.get(client) ?? 0));
		expect(new Set(verdict.newClients)).toEqual(new Set(grown.map(([client]) => client)));
		expect(verdict.newStructs > 0).toBe(grown.length > 0);
		expect(verdict.deleteOnly).toBe(delta !== null && grown.length === 0);
		if (verdict.deleteOnly && verdict.deletesVisibleText) expect(rendered(this.doc)).not.toEqual(before.json);
		expect(countNodes(this.doc) - before.nodes).toBeLessThanOrEqual(verdict.newNodes);
		if (delta === null) return;
		this.log.push(delta);
		this.meter.note(delta.length, verdict.newNodes);
		for (const client of this.clients) if (client !== from) client.inbox.push(delta);
	}

	/** What the log of the deltas says. */
	replayed(): unknown[] {
		return rendered(serverDoc(...this.log));
	}
}

class Client {
	readonly doc: Y.Doc;
	readonly inbox: Uint8Array[] = [];
	outbox: Uint8Array[] = [];
	sent: Uint8Array[] = [];
	private readonly undo: Y.UndoManager;
	private readonly room: Room;

	constructor(room: Room, clientId: number, gc: boolean) {
		this.room = room;
		this.doc = new Y.Doc({ gc });
		// Yjs draws it; here a failure must be found again.
		this.doc.clientID = clientId;
		const parts = ROOTS.map((root) => this.doc.getXmlFragment(root));
		this.undo = new Y.UndoManager(parts, { captureTimeout: 0, trackedOrigins: new Set(['edit']) });
		// What a reader writes by itself (clean-ups of marks) goes out like an edit, as in y-websocket.
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'remote') this.outbox.push(update);
		});
	}

	take({ what, a, b, c, text }: Step): void {
		const edit = (write: () => void) => this.doc.transact(write, 'edit');
		switch (what) {
			case 'node':
				return edit(() => this.insertNode(a, b, c, text));
			case 'text':
				return edit(() => {
					const [target, at] = range(this.texts(), a, b, c);
					target?.insert(at, text);
				});
			case 'cut':
				return edit(() => {
					const [target, at, length] = range(this.texts(), a, b, c);
					if (length > 0) target?.delete(at, length);
				});
			case 'format':
				return edit(() => {
					const [target, at, length] = range(this.texts(), a, b, c);
					if (length > 0) target?.format(at, length, MARKS[(a + b + c) % MARKS.length] as object);
				});
			case 'remove':
				return edit(() => {
					const parent = pick(this.parents(), a);
					if (parent && parent.length > 0) parent.delete(b % parent.length, 1);
				});
			case 'attr':
				return edit(() => this.setAttr(a, b, c));
			case 'undo':
				return void this.undo.undo();
			case 'redo':
				return void this.undo.redo();
			default:
				return this.talk(what, a, b);
		}
	}

	private talk(what: Step['what'], a: number, b: number): void {
		switch (what) {
			case 'send':
				return this.send(1 + (b % 3));
			case 'sendMerged': {
				if (this.outbox.length === 0) return;
				const merged = Y.mergeUpdates(this.outbox);
				this.outbox = [];
				return this.deliver(merged);
			}
			case 'sync':
				// The answer to the server's SyncStep1, while earlier messages may still be on their way.
				return this.deliver(Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.room.doc)));
			case 'resend': {
				const again = pick(this.sent, a);
				return again && this.room.receive(this, again);
			}
			default:
				for (const update of this.inbox.splice(0, 1 + (b % 4))) Y.applyUpdate(this.doc, update, 'remote');
		}
	}

	send(count: number): void {
		for (const update of this.outbox.splice(0, count)) this.deliver(update);
	}

	private deliver(update: Uint8Array): void {
		this.sent.push(update);
		this.room.receive(this, update);
	}

	private insertNode(a: number, b: number, c: number, text: string): void {
		const parent = pick(this.parents(), a);
		if (parent === undefined || depth(parent) > LIMITS.depth - 3) return;
		const name = NAMES[b % NAMES.length] as NodeName;
		const node = new Y.XmlElement(name);
		if (name === 'heading') setAttribute(node, 'level', 1 + (c % 6));
		if (text !== '' && c % 3 > 0) node.insert(0, [new Y.XmlText(text)]);
		parent.insert(c % (parent.length + 1), [node]);
	}

	private setAttr(a: number, b: number, c: number): void {
		const [name, attr, values] = ATTRS[a % ATTRS.length] as (typeof ATTRS)[number];
		const element = pick(
			this.parents().filter((each) => each instanceof Y.XmlElement && each.nodeName === name),
			b
		) as Y.XmlElement | undefined;
		if (c % 5 === 0) element?.removeAttribute(attr);
		else setAttribute(element, attr, values[c % values.length]);
	}

	private texts(): Y.XmlText[] {
		return this.parents().flatMap((parent) => parent.toArray().filter((each) => each instanceof Y.XmlText));
	}

	private parents(): Y.XmlFragment[] {
		const found: Y.XmlFragment[] = ROOTS.map((root) => this.doc.getXmlFragment(root));
		for (let i = 0; i < found.length; i++) {
			for (const child of found[i]?.toArray() ?? []) if (child instanceof Y.XmlElement) found.push(child);
		}
		return found;
	}
}

function pick<T>(all: T[], by: number): T | undefined {
	return all[by % Math.max(all.length, 1)];
}

function range(texts: Y.XmlText[], a: number, b: number, c: number): [Y.XmlText | undefined, number, number] {
	const target = pick(texts, a);
	const characters = target === undefined ? '' : plain(target);
	const from = wholeCharacter(characters, b % (characters.length + 1));
	return [target, from, wholeCharacter(characters, Math.min(characters.length, from + 1 + (c % 8))) - from];
}

function plain(text: Y.XmlText): string {
	return (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');
}

/** Editors never cut a surrogate pair; Yjs damages the text of whoever does. */
function wholeCharacter(characters: string, at: number): number {
	return /[\ud800-\udbff]/.test(characters.charAt(at - 1)) && /[\udc00-\udfff]/.test(characters.charAt(at))
		? at + 1
		: at;
}

function depth(type: Y.XmlFragment): number {
	return type.parent === null ? 0 : 1 + depth(type.parent as Y.XmlFragment);
}

function stateOf(doc: Y.Doc): Map<number, number> {
	return Y.decodeStateVector(Y.encodeStateVector(doc));
}

const step: fc.Arbitrary<Step> = fc.record({
	who: fc.nat(2),
	what: fc.constantFrom(...WHAT),
	a: fc.nat(1000),
	b: fc.nat(1000),
	c: fc.nat(1000),
	text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map((text) => cleanText(text) || '😀')
});

keepUndoInOrder();

describe('honest clients', () => {
	it(
		'are never refused, and all end with the same text, whatever three of them do to each other',
		{ timeout: 900_000 },
		() => {
			fc.assert(
				fc.property(fc.array(step, { minLength: 20, maxLength: 250, size: 'max' }), (steps) => {
					const room = new Room();
					room.clients.push(new Client(room, 2, true), new Client(room, 3, true), new Client(room, 1, false));
					for (const each of steps) room.clients[each.who]?.take(each);
					settle(room);
					const truth = rendered(room.doc);
					expect(room.replayed()).toEqual(truth);
					for (const { doc } of room.clients) expect(rendered(doc)).toEqual(truth);
				}),
				{ numRuns: 1000000, interruptAfterTimeLimit: 200000, endOnFailure: true, markInterruptAsFailure: false }
			);
		}
	);
});

/** Everything is sent and received until nobody has anything left to say. */
function settle(room: Room): void {
	while (room.clients.some(({ inbox, outbox }) => inbox.length + outbox.length > 0)) {
		for (const client of room.clients) {
			for (const update of client.inbox.splice(0)) Y.applyUpdate(client.doc, update, 'remote');
			client.send(Infinity);
		}
	}
}
