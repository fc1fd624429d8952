import * as Y from 'yjs';
import { SCHEMA_FINGERPRINT } from '#lib/collab/fingerprint.ts';
import type { Device } from './device.ts';
import type { Ulagret } from '#lib/components/enhet/database.ts';
import { SAVING_AFTER_MS, type Mark } from './saved-state.ts';
import { Timers } from './timers.ts';
import type { OwnClocks } from './uncommitted-text.ts';

export interface DeviceCopyNeeds {
	doc: Y.Doc;
	epoke: number;
	/** Up to where the server has said that all is committed. */
	acknowledged: () => Mark;
	unsaved: () => boolean;
	/** Whether the device keeps it, as far as is known now. */
	keeps: (keeps: boolean) => void;
}

/**
 * What one Y.Doc holds that is not saved, kept on the device for as long as it is not: without contact at once, else when saving takes so
 * long that it is told. When all is saved, nothing of the samtale lies there.
 */
export class DeviceCopy {
	readonly #device: Device | undefined;
	readonly #needs: DeviceCopyNeeds;
	readonly #timers = new Timers<'keep'>();
	/** What earlier pages of the same person had not saved, and this document has taken in. */
	#earlier: Ulagret[] = [];
	/** Something of this document lies there. */
	#kept = false;
	#writing = false;
	#again = false;
	#ended = false;

	constructor(device: Device | undefined, needs: DeviceCopyNeeds) {
		this.#device = device;
		this.#needs = needs;
	}

	/** Takes in what earlier pages have left behind: it is sent and merged like what is written now. */
	async takeUp(): Promise<void> {
		const { doc, epoke, keeps } = this.#needs;
		const found = await this.#device?.takeUp(epoke, SCHEMA_FINGERPRINT);
		if (this.#ended) return;
		keeps(found !== undefined);
		this.#earlier = found ?? [];
		for (const { tilstand } of this.#earlier) Y.applyUpdate(doc, tilstand, this);
	}

	/** Something was written. */
	written(connected: boolean): void {
		if (!connected) void this.#keep();
		else this.#timers.setFirst('keep', SAVING_AFTER_MS, () => void this.#keep());
	}

	/** Contact is lost: what was on its way may not have arrived. */
	disconnected(): void {
		void this.#keep();
	}

	/** The server has said that something is committed. */
	acknowledged(): void {
		if (!this.#needs.unsaved() && (this.#kept || this.#earlier.length > 0)) void this.drop();
	}

	/** Whose words in this document are not known to be saved, and from where on. Any answer of the server covers what was taken in before. */
	get own(): OwnClocks {
		const { changes, clock } = this.#needs.acknowledged();
		const earlier = changes > 0 ? [] : this.#earlier.flatMap(({ egne }) => egne);
		return new Map([...earlier, [this.#needs.doc.clientID, clock]]);
	}

	/** It is saved, or set aside: the device keeps nothing of it any more. */
	async drop(): Promise<void> {
		const { doc, epoke } = this.#needs;
		const pages = [{ epoke, klient: doc.clientID }, ...this.#earlier];
		this.#earlier = [];
		this.#kept = false;
		await this.#device?.drop(pages);
	}

	/** Keeps nothing more; what is kept stays. */
	end(): void {
		this.#ended = true;
		this.#timers.clear();
	}

	/** One write at a time, always of all that there is by then. */
	async #keep(): Promise<void> {
		const { doc, epoke, unsaved, keeps } = this.#needs;
		if (this.#writing) return void (this.#again = true);
		if (!this.#device || this.#ended || !unsaved()) return;
		this.#writing = true;
		this.#kept = true;
		const kept = await this.#device.keep({
			...{ epoke, klient: doc.clientID, skjema: SCHEMA_FINGERPRINT },
			...{ tilstand: Y.encodeStateAsUpdate(doc), egne: [...this.own] }
		});
		this.#writing = false;
		if (this.#ended) return;
		keeps(kept);
		const again = this.#again;
		this.#again = false;
		// Saved while it was being written: what came too late is taken away again.
		if (!unsaved()) await this.drop();
		else if (again) await this.#keep();
	}
}
