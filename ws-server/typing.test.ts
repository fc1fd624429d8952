import fc from 'fast-check';
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { decodeUpdate } from './validate/decode.ts';
import type { DecodedUpdate } from './validate/struct.ts';
import { DocMeter } from './validate/meter.ts';
import { applyAsRoom, judge, serverDoc } from './validate/test-support.ts';
import { Typing } from './typing.ts';

type Step = {
	who: number;
	what: 'type' | 'type' | 'go' | 'cut' | 'bold' | 'paragraph' | 'undo' | 'send' | 'hear';
	at: number;
};
const step: fc.Arbitrary<Step> = fc.record({
	who: fc.nat(2),
	what: fc.constantFrom(
		'type',
		'type',
		'type',
		'type',
		'type',
		'go',
		'cut',
		'bold',
		'paragraph',
		'undo',
		'send',
		'send',
		'hear'
	),
	at: fc.nat(1000)
});

/** A document as a room holds it, with keys that wait; and beside it the same without, in which every update is judged in full. */
class Room {
	readonly typing = new Typing();
	readonly doc = serverDoc();
	readonly plain = serverDoc();
	readonly meter = new DocMeter(this.plain);
	/** Keys that needed no judgement. */
	typed = 0;

	/** Takes an update in, and returns what the others are told of it. */
	receive(bytes: Uint8Array): Uint8Array | null {
		const decoded = decodeUpdate(bytes);
		if (!decoded.ok) throw new Error(decoded.detail);
		const { update } = decoded;
		const takes = this.typing.takes(update);
		if (!takes) this.settle();
		const verdict = judge(this.plain, bytes, this.meter);
		if (!verdict.ok) throw new Error(verdict.detail);
		const delta = applyAsRoom(this.plain, bytes);
		if (takes) {
			this.typed += 1;
			expect(verdict).toMatchObject({ deleteOnly: false, newNodes: 0, newClients: [update.sections[0]?.client] });
			expect(Buffer.from(bytes)).toEqual(Buffer.from(delta ?? []));
			return delta;
		}
		Y.transact(this.doc, (tr) => {
			Y.applyUpdate(this.doc, bytes);
			tr.local = true;
			if (!verdict.noop) this.typing.note(this.doc, update);
		});
		return delta;
	}

	/** With all that was typed, it holds what the other one holds. */
	settle(): void {
		this.typing.settle(this.doc);
		expect([this.doc.store.pendingStructs, this.doc.store.pendingDs]).toEqual([null, null]);
		expect(Buffer.from(Y.encodeStateAsUpdate(this.doc))).toEqual(Buffer.from(Y.encodeStateAsUpdate(this.plain)));
	}
}

class Client {
	readonly doc = new Y.Doc({ gc: false });
	readonly outbox: Uint8Array[] = [];
	readonly inbox: Uint8Array[] = [];
	private readonly undo = new Y.UndoManager(this.doc.getXmlFragment('referat'), { captureTimeout: 0 });
	private cursor: Y.RelativePosition | undefined;

	constructor(clientId: number) {
		// Yjs draws it; here a failure must be found again.
		this.doc.clientID = clientId;
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== 'remote') this.outbox.push(update);
		});
	}

	do({ what, at }: Step): void {
		const texts = this.texts();
		const text = texts[at % Math.max(texts.length, 1)];
		if (what === 'undo') this.undo.undo();
		else if (what === 'paragraph' || !text) this.paragraph(at);
		else if (what === 'type') this.type();
		else if (what === 'go') this.goTo(text, at % (text.length + 1));
		else if (text.length > 0) {
			const from = at % text.length;
			if (what === 'cut') text.delete(from, Math.min(3, text.length - from));
			if (what === 'bold') text.format(from, Math.min(4, text.length - from), { bold: at % 2 ? {} : null });
		}
	}

	hear(count: number): void {
		for (const update of this.inbox.splice(0, count)) Y.applyUpdate(this.doc, update, 'remote');
	}

	private type(): void {
		const place = this.cursor && Y.createAbsolutePositionFromRelativePosition(this.cursor, this.doc);
		const text = place ? place.type : this.texts()[0];
		if (!(text instanceof Y.XmlText)) return;
		const at = Math.min(place?.index ?? text.length, text.length);
		text.insert(at, 'x');
		this.goTo(text, at + 1);
	}

	/** Behind what stands there: others may write in front of it meanwhile. */
	private goTo(text: Y.XmlText, at: number): void {
		this.cursor = Y.createRelativePositionFromTypeIndex(text, at, -1);
	}

	private paragraph(at: number): void {
		const root = this.doc.getXmlFragment('referat');
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText('Hei')]);
		root.insert(at % (root.length + 1), [paragraph]);
	}

	private texts(): Y.XmlText[] {
		const blocks = this.doc.getXmlFragment('referat').toArray() as Y.XmlElement[];
		return blocks.flatMap((block) => block.toArray().filter((each) => each instanceof Y.XmlText));
	}
}

test('keys that wait are such as any judgement lets in, and come to the same document, whatever goes on around them', () => {
	let typed = 0;
	fc.assert(
		fc.property(fc.array(step, { minLength: 20, maxLength: 150, size: 'max' }), (steps) => {
			const room = new Room();
			const clients = [1, 2, 3].map((id) => new Client(id));
			const send = (from: Client, count: number) => {
				for (const update of from.outbox.splice(0, count)) {
					const delta = room.receive(update);
					for (const other of clients) if (delta && other !== from) other.inbox.push(delta);
				}
			};
			for (const each of steps) {
				const client = clients[each.who] as Client;
				if (each.what === 'send') send(client, 1 + (each.at % 5));
				else if (each.what === 'hear') client.hear(1 + (each.at % 5));
				else client.do(each);
			}
			for (const client of clients) send(client, Infinity);
			room.settle();
			typed += room.typed;
		}),
		{ numRuns: 300 }
	);
	expect(typed).toBeGreaterThan(1_000);
});

test('behind what another has put there meanwhile, the next key is judged', () => {
	const doc = serverDoc();
	const texts = () =>
		doc
			.getXmlFragment('referat')
			.toArray()
			.flatMap((block) => (block as Y.XmlElement).toArray()) as Y.XmlText[];
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText('Hei')]);
	doc.getXmlFragment('referat').insert(0, [paragraph]);
	const typing = new Typing();
	const keys = (clientID: number) => {
		const own = Object.assign(new Y.Doc({ gc: false }), { clientID });
		Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
		const made: Uint8Array[] = [];
		own.on('update', (update: Uint8Array) => made.push(update));
		const text = (own.getXmlFragment('referat').get(0) as Y.XmlElement).get(0) as Y.XmlText;
		for (const letter of 'abc') text.insert(text.length, letter);
		return made.map((bytes) => {
			const decoded = decodeUpdate(bytes);
			if (!decoded.ok) throw new Error(decoded.detail);
			return decoded.update;
		});
	};
	const take = (update: DecodedUpdate) =>
		doc.transact(() => {
			Y.applyUpdate(doc, update.bytes);
			typing.note(doc, update);
		});
	const [first, second, third] = keys(7) as [DecodedUpdate, DecodedUpdate, DecodedUpdate];
	take(first);
	expect(typing.takes(second)).toBe(true);
	typing.settle(doc);
	expect(texts()[0]?.toString()).toBe('Heiab');
	const [other] = keys(9) as [DecodedUpdate];
	take(other);
	expect(typing.takes(third)).toBe(false);
});
