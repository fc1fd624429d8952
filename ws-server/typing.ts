import * as Y from 'yjs';
import type { DecodedUpdate, Id, Struct } from './validate/struct.ts';

/** Where a client wrote last: the clock behind that, and what stands right behind it. */
type Spot = { next: number; right: Id | null };

/** Keys that may wait before the Y.Doc takes them in. */
const MOST_WAITING = 100;

/**
 * Who types in a document, and where. What most updates are, one key right behind the last one of its author, needs no Yjs to be judged: the place is
 * known, and what might stand there as well. Such keys wait here until somebody looks at the Y.Doc, and are taken in together, for a fraction of the work.
 */
export class Typing {
	private readonly spots = new Map<number, Spot>();
	private waiting: Uint8Array[] = [];

	/** Whether this is one more key where its client types; then it waits. */
	takes({ bytes, sections, deletes }: DecodedUpdate): boolean {
		const struct = sections[0]?.structs[0];
		const spot = struct && this.spots.get(struct.client);
		if (!struct || !spot || this.waiting.length >= MOST_WAITING || deletes.length > 0) return false;
		if (sections.length > 1 || sections[0]?.structs.length !== 1 || !isBehind(struct, spot)) return false;
		spot.next += struct.len;
		this.waiting.push(bytes);
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

	/** The Y.Doc has taken in one piece of new text: its client may type on behind it, and nobody in front of it. */
	begin(doc: Y.Doc, { client, clock, len }: Pick<Struct, 'client' | 'clock' | 'len'>): void {
		const item: unknown = Y.getItem(doc.store, Y.createID(client, clock));
		if (!(item instanceof Y.Item) || item.deleted || !(item.parent instanceof Y.XmlText)) return this.forget();
		const left = item.left?.lastId;
		if (left && this.spots.get(left.client)?.next === left.clock + 1) this.spots.delete(left.client);
		this.spots.set(client, { next: clock + len, right: item.right?.id ?? null });
	}

	/** The Y.Doc has taken in something else. */
	forget(): void {
		this.spots.clear();
	}
}

function isBehind({ kind, client, clock, origin, rightOrigin }: Struct, { next, right }: Spot): boolean {
	if (kind !== 'text' || clock !== next || origin?.client !== client || origin.clock !== next - 1) return false;
	return rightOrigin?.client === right?.client && rightOrigin?.clock === right?.clock;
}
