import { ROOTS } from '#lib/collab/schema.ts';
import type { Connection } from './connection.ts';
import { knownClock, uncommittedText } from './uncommitted-text.ts';

/** Text that the server did not take, kept for its author to copy (collab.md, «After a refusal»). */
export class TilSide {
	kopiert = $state(false);
	#deler = $state.raw<string[]>([]);
	#refused: { connection: Connection; fromClock: number } | undefined;

	/** Everything set aside on this page, oldest first; empty when there is nothing. */
	get tekst(): string {
		return this.#deler.filter((del) => del !== '').join('\n\n');
	}

	/** Takes what its own client wrote from `fromClock` on out of a detached connection, and keeps that until `recount`. */
	add(connection: Connection, fromClock: number): void {
		this.forget();
		this.#refused = { connection, fromClock };
		this.#deler = [...this.#deler, ownText(connection, fromClock)];
		this.kopiert = false;
	}

	/** A fresh document shows how much had been committed before the refusal: only the rest is kept. */
	recount(fresh: Connection): void {
		if (!this.#refused) return;
		const { connection, fromClock } = this.#refused;
		const committed = knownClock(fresh.doc, connection.doc.clientID);
		this.#deler = [...this.#deler.slice(0, -1), ownText(connection, Math.max(fromClock, committed))];
		this.forget();
	}

	/** The refused document is not needed any more. */
	forget(): void {
		this.#refused?.connection.destroy();
		this.#refused = undefined;
	}

	clear(): void {
		this.#deler = [];
	}
}

function ownText({ doc }: Connection, fromClock: number): string {
	return uncommittedText(doc, ROOTS, doc.clientID, fromClock);
}
