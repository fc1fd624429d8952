import * as Y from 'yjs';
import { ROOTS } from '#lib/collab/schema.ts';
import type { CollabDoc, CollabRow } from '#lib/server/queries/collab.ts';
import type { AppendResult } from '#lib/server/queries/collab-append.ts';
import type { Derived } from './batch.ts';
import type { Flight } from './flight.ts';
import { contentOf, type RowContent } from './rows.ts';
import type { Loaded, Store } from './store.ts';
import type { Tail } from './tails.ts';
import { Typing } from './typing.ts';
import { decodeUpdate } from './validate/decode.ts';
import { DocMeter } from './validate/meter.ts';

/** The document of a room: what it has of the log, and in its Y.Doc perhaps one batch that is not committed yet. */
export class Replica {
	/** Who types in it, and the keys that the Y.Doc has not taken in yet. */
	typing = new Typing();
	private taken = new Y.Doc({ gc: false });
	meter = new DocMeter(this.taken);
	/** Which person each clientID belongs to, as far as is known here; the database has the last word. */
	owners = new Map<number, string>();
	/** Undefined until the first load has ended; then the last known row of collab_doc. */
	head: CollabDoc | undefined;
	/** Up to which row a snapshot is known to be there. */
	snapshotSeq = 0;
	/** The Y.Doc holds, or may hold, what is not in the log. */
	dirty = false;
	private readonly id: string;
	private readonly store: Store;

	constructor(id: string, store: Store) {
		this.id = id;
		this.store = store;
	}

	/** The Y.Doc, with all that was typed. */
	get doc(): Y.Doc {
		this.typing.settle(this.taken);
		return this.taken;
	}

	/**
	 * Brings it to where the log is, for as long as that takes: from the log alone when it may hold anything else, otherwise by the
	 * rows that have come since. Returns what those who are here have not been told of; undefined when there is no such log.
	 */
	async refresh(): Promise<{ missed: CollabRow[]; before: CollabDoc | undefined } | undefined> {
		const before = this.head;
		if (before && !this.dirty) {
			const tail = await this.store.tail(this.id, before.headSeq);
			if (!tail) return undefined;
			if (tail.head.epoch === before.epoch) this.advance(tail);
			else this.head = tail.head;
			return { missed: tail.rows, before };
		}
		const loaded = await this.store.load(this.id, before?.headSeq);
		if (!loaded) return undefined;
		this.replace(loaded);
		return { missed: loaded.missed, before };
	}

	/** Takes in rows that others have written. Also beside a batch of one's own that is not committed yet. */
	advance({ head, rows }: Tail): void {
		for (const row of rows) {
			const { clients, nodes } = this.takeIn(row);
			for (const client of clients) this.owners.set(client, row.userId);
			this.meter.note(row.upd.length, nodes);
		}
		this.head = head;
	}

	private takeIn({ upd }: CollabRow): Pick<RowContent, 'clients' | 'nodes'> {
		const decoded = decodeUpdate(upd);
		// What another node has let in is of a form that is let in here; if not, nothing is known of who types where.
		const update = decoded.ok ? decoded.update : { bytes: upd, sections: [], deletes: [] };
		if (this.typing.takes(update)) return { clients: new Set(update.sections.map(({ client }) => client)), nodes: 0 };
		const { doc } = this;
		doc.transact((tr) => {
			Y.applyUpdate(doc, upd);
			// Keeps the server's replica from making clean-up edits of its own.
			tr.local = true;
			this.typing.note(doc, update);
		}, 'log');
		return contentOf(upd);
	}

	/**
	 * Another node was first: takes in what it wrote beside the batch in flight, which then follows it, so that two people who type through
	 * two nodes do not rebuild the document at every key. Returns the rows; undefined when they may change what the batch is.
	 */
	async moveUp(flight: Flight): Promise<CollabRow[] | undefined> {
		const { head } = this;
		const tail = head && (await this.store.tail(this.id, head.headSeq));
		if (!tail || tail.head.epoch !== head.epoch || tail.head.state !== head.state) return undefined;
		if (!flight.mayFollow(tail.rows)) return undefined;
		this.advance(tail);
		return tail.rows;
	}

	/** The batch that it held is committed. */
	committed(rows: readonly Derived[], { headSeq }: AppendResult): void {
		if (!this.head) return;
		this.head.headSeq = headSeq;
		// Rows that were decided by another one are not appended.
		this.head.accessVersion = rows[0]?.row.access ?? this.head.accessVersion;
		this.dirty = false;
		for (const { row } of rows) for (const client of row.clients) this.owners.set(client, row.userId);
	}

	private replace({ head, doc, clients, snapshotSeq }: Loaded): void {
		this.taken = doc;
		this.typing = new Typing();
		for (const root of ROOTS) doc.getXmlFragment(root);
		this.meter = new DocMeter(doc);
		this.owners = clients;
		this.head = head;
		this.snapshotSeq = snapshotSeq;
		this.dirty = false;
	}
}
