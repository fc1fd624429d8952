import * as Y from 'yjs';
import { ROOTS } from '#lib/collab/schema.ts';
import { paEnheten, under, type Avsatt, type Ulagret } from '#lib/components/enhet/database.ts';
import { CHANNEL, throwAwayOld } from '#lib/components/enhet/rydd.ts';
import { uncommittedText } from './uncommitted-text.ts';

/** Opening a samtale never waits longer than this for the device. Milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * What one person has not saved of one samtale, on this device. Everything lies under the person's id: whoever else logs in on the same
 * browser is never given it. Nothing throws: a device that cannot keep anything says so.
 */
export class Device {
	readonly #bruker: string;
	readonly #samtale: string;
	readonly #channel: BroadcastChannel | undefined;
	/** The person has logged out in another tab: nothing may be left behind by this one. */
	#wiped = false;

	/** @param wiped is told that the person has logged out, in any tab */
	constructor({ bruker, samtale }: { bruker: string; samtale: string }, wiped: () => void = () => undefined) {
		this.#bruker = bruker;
		this.#samtale = samtale;
		this.#channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(CHANNEL);
		if (!this.#channel) return;
		this.#channel.onmessage = ({ data }: MessageEvent) => {
			if (data !== bruker) return;
			this.#wiped = true;
			wiped();
		};
	}

	/** The person is here again. */
	resume(): void {
		this.#wiped = false;
	}

	/**
	 * What can be merged into a document of this epoch and schema. The rest is set aside: its clocks and nodes belong to a document that
	 * is not there any more. Undefined when the device cannot keep anything.
	 */
	async takeUp(epoke: number, skjema: string): Promise<Ulagret[] | undefined> {
		const found = await within(PATIENCE_MS, this.#unsaved());
		if (!found) return undefined;
		const fits = (one: Ulagret) => one.epoke === epoke && one.skjema === skjema;
		await Promise.all(found.filter((one) => !fits(one)).map((one) => this.#settle(one)));
		return found.filter(fits);
	}

	/** Nothing can be merged any more: all of it becomes text. */
	async settleAll(): Promise<void> {
		await Promise.all(((await this.#unsaved()) ?? []).map((one) => this.#settle(one)));
	}

	/** Keeps what one page has written, in the place of what it kept before; false when it could not. */
	async keep(written: Omit<Ulagret, 'bruker' | 'samtale' | 'at'>): Promise<boolean> {
		if (this.#wiped) return false;
		const record: Ulagret = { ...written, bruker: this.#bruker, samtale: this.#samtale, at: Date.now() };
		return (await paEnheten('readwrite', (store) => store('ulagret').put(record))) !== undefined;
	}

	/** What these pages had written is saved, or set aside. One with `at` stays if its own page, still open, has written more since. */
	async drop(pages: readonly (Pick<Ulagret, 'epoke' | 'klient'> & { at?: number })[]): Promise<void> {
		await paEnheten('readwrite', (store) => {
			for (const { epoke, klient, at } of pages) {
				const key = [this.#bruker, this.#samtale, epoke, klient];
				const request: IDBRequest<Ulagret | undefined> = store('ulagret').get(key);
				request.onsuccess = () => {
					if (at === undefined || request.result?.at === at) store('ulagret').delete(key);
				};
			}
			return undefined;
		});
	}

	/** Keeps text that was set aside, until its author has dealt with it. An empty one is forgotten. */
	async setAside({ id, tekst }: Pick<Avsatt, 'id' | 'tekst'>): Promise<void> {
		if (this.#wiped) return;
		const record: Avsatt = { bruker: this.#bruker, samtale: this.#samtale, id, tekst, at: Date.now() };
		if (tekst === '') return this.forget([id]);
		await paEnheten('readwrite', (store) => store('avsatt').put(record));
	}

	/** All that is set aside, oldest first. */
	async asides(): Promise<Avsatt[]> {
		const found = await paEnheten<Avsatt[]>('readonly', (store) =>
			store('avsatt').getAll(under(this.#bruker, this.#samtale))
		);
		return (found?.svar ?? []).sort((a, b) => a.at - b.at);
	}

	/** Its author has dealt with it. */
	async forget(ids: readonly string[]): Promise<void> {
		await paEnheten('readwrite', (store) => {
			for (const id of ids) store('avsatt').delete([this.#bruker, this.#samtale, id]);
			return undefined;
		});
	}

	close(): void {
		this.#channel?.close();
	}

	async #unsaved(): Promise<Ulagret[] | undefined> {
		await throwAwayOld();
		const found = await paEnheten<Ulagret[]>('readonly', (store) =>
			store('ulagret').getAll(under(this.#bruker, this.#samtale))
		);
		return found && (found.svar ?? []);
	}

	async #settle(one: Ulagret): Promise<void> {
		// Named after the page that wrote it, so that two tabs that settle the same make one text of it.
		await this.setAside({ id: `${one.epoke}-${one.klient}`, tekst: textOf(one) });
		await this.drop([one]);
	}
}

/** The words in it that are not known to be saved. What cannot be read any more is nothing. */
function textOf({ tilstand, egne }: Ulagret): string {
	const doc = new Y.Doc({ gc: false });
	try {
		Y.applyUpdate(doc, tilstand);
		return uncommittedText(doc, ROOTS, new Map(egne));
	} catch {
		return '';
	} finally {
		doc.destroy();
	}
}

function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
	return Promise.race([work, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms))]);
}
