import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import type { Logger } from '#lib/server/log.ts';
import type { Audience } from './audience.ts';
import type { Connection } from './connection.ts';
import { writtenBy, type Item, type Queue } from './queue.ts';
import { refusedText } from './refused-text.ts';
import type { Store } from './store.ts';

type Guarded = { docId: string; store: Store; log: Logger; queue: Queue; audience: Audience };

/** Shows people out of a room, with what they had written. */
export class Door {
	private readonly guarded: Guarded;

	constructor(guarded: Guarded) {
		this.guarded = guarded;
	}

	/** Closes a connection for what it sent, and keeps what of `items` is its own, and not committed, for its author. */
	refuse(conn: Connection, code: CloseCode, items: readonly Item[]): void {
		if (conn.refused) return;
		const { docId, store, log, queue, audience } = this.guarded;
		conn.refused = true;
		log.info({ docId, userId: conn.userId, code }, 'refused');
		conn.close(code);
		const updates = writtenBy(conn, items).map(({ bytes }) => bytes);
		void store.keepRejected(docId, conn.userId, code, { updates, tekst: this.textOf(updates) });
		queue.drop(conn);
		audience.remove(conn);
	}

	/** Ends a connection whose frame could not be read; the update in it, if it was one, is kept for its author too. */
	refuseFrame(conn: Connection, code: CloseCode, upd: Uint8Array | undefined): void {
		if (conn.refused) return;
		const { docId, store, queue } = this.guarded;
		if (upd) void store.keepRejected(docId, conn.userId, code, { updates: [upd], tekst: null });
		this.refuse(conn, code, queue.items);
	}

	/** Ends a connection that has done to Yjs what the checks let through: a fault of the checks. */
	refusePoison(conn: Connection, cause: unknown, items: readonly Item[]): void {
		this.guarded.log.error({ docId: this.guarded.docId, err: cause }, 'an accepted update could not be applied');
		this.refuse(conn, CLOSE.invalid, items);
	}

	/** Whatever Yjs may do to it: a refusal is carried out. */
	private textOf(updates: readonly Uint8Array[]): string | null {
		try {
			return refusedText(updates);
		} catch (error) {
			this.guarded.log.error({ docId: this.guarded.docId, err: error }, 'refused text not read');
			return null;
		}
	}

	/**
	 * Decides every connection's rights anew; losers are closed, and what they had sent is kept aside for them. Only called while
	 * nothing is in flight: all that is not committed stands in the queue then.
	 */
	async redecide(): Promise<void> {
		const { docId, store, queue, audience } = this.guarded;
		// Those who have left while what they sent still waits are judged too.
		for (const conn of new Set([...audience.connections, ...queue.items.map((item) => item.conn)])) {
			const admission = await store.readmit(docId, conn.rights.okt.hash);
			if (conn.refused) continue;
			if (admission.ok) conn.rights = admission.rights;
			else this.refuse(conn, admission.code, queue.items);
		}
	}
}
