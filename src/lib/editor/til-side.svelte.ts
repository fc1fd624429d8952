import { ROOTS } from '#lib/collab/schema.ts';
import type { Connection } from './connection.ts';
import type { Device } from './device.ts';
import { uncommittedText, unknownTo, type OwnClocks } from './uncommitted-text.ts';

type Del = { id: string; tekst: string };

/**
 * Text that the server did not take, kept for its author to copy (collab.md, «After a refusal»): on the page, and on the device, so that it is
 * there also after the page is loaded anew.
 */
export class TilSide {
	kopiert = $state(false);
	#deler = $state.raw<Del[]>([]);
	#refused: { connection: Connection; own: OwnClocks } | undefined;
	readonly #device: Device | undefined;

	constructor(device: Device | undefined) {
		this.#device = device;
	}

	/** Everything set aside, oldest first; empty when there is nothing. */
	get tekst(): string {
		return this.#deler
			.map(({ tekst }) => tekst)
			.filter((tekst) => tekst !== '')
			.join('\n\n');
	}

	/** Fetches what earlier pages have set aside on this device. */
	async hent(): Promise<void> {
		const fra = (await this.#device?.asides()) ?? [];
		const nye = fra.filter(({ id }) => !this.#deler.some((del) => del.id === id));
		if (nye.length === 0) return;
		this.#deler = [...nye, ...this.#deler];
		this.kopiert = false;
	}

	/** Takes what the person wrote out of a detached connection, and keeps that until `recount`. Resolves when the device has it too. */
	add(connection: Connection, own: OwnClocks): Promise<void> {
		this.forget();
		this.#refused = { connection, own };
		const del = { id: crypto.randomUUID(), tekst: ownText(connection, own) };
		this.#deler = [...this.#deler, del];
		this.kopiert = false;
		return this.#device?.setAside(del) ?? Promise.resolve();
	}

	/** A fresh document shows how much had been committed before the refusal: only the rest is kept. */
	recount(fresh: Connection): void {
		const last = this.#deler.at(-1);
		if (!this.#refused || !last) return;
		const { connection, own } = this.#refused;
		const del = { id: last.id, tekst: ownText(connection, unknownTo(fresh.doc, own)) };
		this.#deler = [...this.#deler.slice(0, -1), del];
		void this.#device?.setAside(del);
		this.forget();
	}

	/** The refused document is not needed any more. */
	forget(): void {
		this.#refused?.connection.destroy();
		this.#refused = undefined;
	}

	/** Its author has dealt with it. */
	clear(): void {
		void this.#device?.forget(this.#deler.map(({ id }) => id));
		this.#deler = [];
	}
}

function ownText({ doc }: Connection, own: OwnClocks): string {
	return uncommittedText(doc, ROOTS, own);
}
