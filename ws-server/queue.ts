import type { Connection } from './connection.ts';
import { QUEUE_BYTES } from './limits.ts';
import type { DecodedUpdate } from './validate/struct.ts';

/** A message that waits in a room's raw queue. */
export type Item =
	| { kind: 'join'; conn: Connection }
	/** Asks the client once more for what it has (after a gap). */
	| { kind: 'ask'; conn: Connection }
	/** It has read what it was sent, and lacks what came meanwhile. */
	| { kind: 'resync'; conn: Connection }
	/** An update that names itself incomplete: it is dropped, in its turn. */
	| { kind: 'gap'; conn: Connection; step2: boolean }
	| { kind: 'step1'; conn: Connection; stateVector: Uint8Array }
	| { kind: 'update'; conn: Connection; bytes: Uint8Array; update: DecodedUpdate; step2: boolean }
	| { kind: 'lagre'; conn: Connection; v: number };
export type UpdateItem = Extract<Item, { kind: 'update' }>;

/** What a message costs while it waits, apart from its own bytes: itself, and what was decoded of it. About, in bytes. */
const ITEM_BYTES = 256;
const STRUCT_BYTES = 200;
const RANGE_BYTES = 48;

/** The memory that a waiting message holds, in bytes. Never nothing: small ones come in millions just as well. */
function weigh(item: Item): number {
	if (item.kind === 'step1') return ITEM_BYTES + item.stateVector.length;
	if (item.kind !== 'update') return ITEM_BYTES;
	const { sections, deletes } = item.update;
	const structs = sections.reduce((sum, section) => sum + section.structs.length, 0);
	return ITEM_BYTES + item.bytes.length + structs * STRUCT_BYTES + deletes.length * RANGE_BYTES;
}

/** What a connection wrote of this. What only deletes holds no text to give back; the answer to a handshake is of that kind. */
export function writtenBy(conn: Connection, items: readonly Item[]): UpdateItem[] {
	return items.filter(
		(item): item is UpdateItem => item.kind === 'update' && item.conn === conn && item.update.sections.length > 0
	);
}

/** What a room has not handled yet, as it came and in that order. */
export class Queue {
	private waiting: Item[] = [];
	/** What all of it weighs. */
	private bytes = 0;

	get items(): readonly Item[] {
		return this.waiting;
	}

	get isEmpty(): boolean {
		return this.waiting.length === 0;
	}

	/** More than may wait: sockets are to be read no more. */
	get isFull(): boolean {
		return this.bytes > QUEUE_BYTES;
	}

	push(item: Item): void {
		this.waiting.push(item);
		this.bytes += weigh(item);
	}

	/** Takes out all that waits. */
	takeAll(): Item[] {
		const items = this.waiting;
		this.set([]);
		return items;
	}

	/** Puts items back in front; what a refused connection sent is not tried again. */
	putBack(items: readonly Item[]): void {
		this.set([...items, ...this.waiting].filter((item) => !item.conn.refused));
	}

	/** Forgets what a connection sent. */
	drop(conn: Connection): void {
		this.set(this.waiting.filter((item) => item.conn !== conn));
	}

	private set(items: Item[]): void {
		this.waiting = items;
		this.bytes = items.reduce((sum, item) => sum + weigh(item), 0);
	}
}
