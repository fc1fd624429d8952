import * as Y from 'yjs';
import { rendered } from '../log-state.ts';

/** Units of a Y.Doc that lie side by side. */
export type Range = { client: number; clock: number; len: number };

/**
 * What one page wrote and deleted, as its own Y.Doc had it before anything left the page. A page has one clientID, and its clocks
 * have no gap: `units[clock]` is the letter that was written there, or '' for what is no text.
 */
export class Account {
	readonly units: string[] = [];
	readonly deletions: Range[] = [];
	/** How many units and deletions there were after each thing that was done. */
	readonly steps: { units: number; deletions: number }[] = [];
	/** Text that went away merely because the page read a document that looked so: nobody had asked for it. */
	readonly lostByReading: { text: string; document: string }[] = [];
	private reading: string | undefined;
	private readonly readings = new WeakMap<Y.Transaction, string>();

	/** @param remote the origin of what comes from others */
	constructor(doc: Y.Doc, remote: unknown) {
		doc.on('beforeTransaction', (tr: Y.Transaction) => {
			if (this.reading !== undefined) this.readings.set(tr, this.reading);
		});
		doc.on('afterTransaction', (tr: Y.Transaction) => {
			if (tr.origin !== remote) this.note(tr);
		});
	}

	/** Does what only reads the document; it should write nothing, or nothing that anybody misses. */
	whileReading(fragment: Y.XmlFragment, read: (fragment: Y.XmlFragment) => void): void {
		this.reading = fragment.toString();
		read(fragment);
		this.reading = undefined;
	}

	private note(tr: Y.Transaction): void {
		const { clientID: client, store } = tr.doc;
		const from = tr.beforeState.get(client) ?? 0;
		const to = tr.afterState.get(client) ?? 0;
		const structs = to > from ? (store.clients.get(client) ?? []) : [];
		for (const struct of structs.slice(to > from ? Y.findIndexSS(structs, from) : 0))
			for (let i = Math.max(0, from - struct.id.clock); i < struct.length; i++)
				this.units[struct.id.clock + i] = letterAt(struct, i);
		for (const [owner, ranges] of tr.deleteSet.clients)
			for (const { clock, len } of ranges) this.deletions.push({ client: owner, clock, len });
		this.steps.push({ units: this.units.length, deletions: this.deletions.length });
		const document = this.readings.get(tr);
		if (document === undefined) return;
		const shown = rendered(tr.doc);
		Y.iterateDeletedStructs(tr, tr.deleteSet, (struct) => {
			// Two texts side by side are put into one: what is deleted in the second stands in the first already.
			const text = [...textOf(struct)].filter((letter) => !shown.includes(letter)).join('');
			if (text !== '') this.lostByReading.push({ text, document });
		});
	}
}

/** The text that one unit of an item is; '' when it is none, or is not kept any more. */
export function letterAt(struct: object, offset: number): string {
	return struct instanceof Y.Item && struct.content instanceof Y.ContentString
		? (struct.content.str[offset] ?? '')
		: '';
}

/** All the text of an item. */
export function textOf(struct: Y.Item | Y.GC): string {
	return Array.from({ length: struct.length }, (_, i) => letterAt(struct, i)).join('');
}
