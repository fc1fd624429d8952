import * as Y from 'yjs';
import type { DecodedUpdate, Id, Struct } from './validate/struct.ts';

/** Where a client wrote last: the clock behind that, and what stands right behind it. */
type Spot = { next: number; right: Id | null };

/** Keys that may wait before the Y.Doc takes them in, and bytes of one: what is pasted is not a key. */
const MOST_WAITING = 100;
const MOST_BYTES = 256;

/**
 * Who types in a document, and where. What most updates are, one key right behind the last one of its author, needs no Yjs to be judged: the place is
 * known, and what might stand there as well. Such keys wait here until somebody looks at the Y.Doc, and are taken in together, for a fraction of the work.
 */
export class Typing {
	private readonly spots = new Map<number, Spot>();
	private waiting: Uint8Array[] = [];

	/** Whether this is one more key where its client types; then it waits. */
	takes(update: DecodedUpdate): boolean {
		if (update.bytes.length > MOST_BYTES || this.waiting.length >= MOST_WAITING) return false;
		const text = onlyText(update);
		const spot = text && this.spots.get(text.client);
		if (!text || !spot || !isBehind(text, spot)) return false;
		spot.next += text.len;
		// A copy: what came is a view of all that its socket had brought.
		this.waiting.push(Uint8Array.from(update.bytes));
		return true;
	}

	/** The Y.Doc takes in what waits. */
	settle(doc: Y.Doc): void {
		if (this.waiting.length === 0) return;
		const keys = this.waiting;
		this.waiting = [];
		doc.transact((tr) => {
			for (const key of keys) Y.applyUpdate(doc, key);
			// Keeps the server's replica from making clean-up edits of its own.
			tr.local = true;
		}, 'typed');
	}

	/**
	 * The Y.Doc has taken this in, in the transaction that is open. After one piece of new text its client may type on behind it, and nobody in front of
	 * it; after anything else nobody knows.
	 */
	note(doc: Y.Doc, update: DecodedUpdate): void {
		const text = onlyText(update);
		const item = text && newItem(doc, text);
		if (!item) return this.spots.clear();
		const left = item.left?.lastId;
		if (left && this.spots.get(left.client)?.next === left.clock + 1) this.spots.delete(left.client);
		this.spots.set(text.client, { next: text.clock + text.len, right: item.right?.id ?? null });
	}
}

/** The one piece of text that it consists of. */
function onlyText({ sections, deletes }: DecodedUpdate): Struct | undefined {
	const [section, ...others] = sections;
	const [struct, ...more] = section?.structs ?? [];
	return struct?.kind === 'text' && others.length + more.length + deletes.length === 0 ? struct : undefined;
}

/** What it has become; undefined if it was there already, or was thrown away at once. */
function newItem(doc: Y.Doc, { client, clock, len }: Struct): Y.Item | undefined {
	const item: unknown = Y.getItem(doc.store, Y.createID(client, clock));
	if (!(item instanceof Y.Item) || item.deleted || !(item.parent instanceof Y.XmlText)) return undefined;
	return item.id.clock === clock && item.length === len ? item : undefined;
}

function isBehind({ client, clock, origin, rightOrigin }: Struct, { next, right }: Spot): boolean {
	if (clock !== next || origin?.client !== client || origin.clock !== next - 1) return false;
	return rightOrigin?.client === right?.client && rightOrigin?.clock === right?.clock;
}
