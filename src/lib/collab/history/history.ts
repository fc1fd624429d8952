import * as Y from 'yjs';
import { ROOTS, type RootName } from '../schema.ts';
import { linkBroughtBack } from './brought-back.ts';
import { changesOf, type Changes } from './changes.ts';
import { Links } from './links.ts';
import { findMoved } from './moved.ts';
import { RangeMap } from './ranges.ts';
import { blockOf, rootOf, type Node } from './tree.ts';

/** A row of the log. `atUs`: microseconds since 1970; `restores`: for a gjenopprett, the row whose version it brought back. */
export type LogRow = {
	seq: number;
	userId: string;
	atUs: number;
	kind: 'init' | 'edit' | 'normalise' | 'restore';
	upd: Uint8Array;
	restores?: number | undefined;
};

/** What a row did, for grouping: which parts and blocks it touched (blocks by number, as `History.block` knows them). */
export type RowFacts = Omit<LogRow, 'upd' | 'restores'> & { parts: RootName[]; blocks: number[] };

/** The log does not add up: a row needs what no row before it brought. */
export class BrokenHistory extends Error {
	override readonly name = 'BrokenHistory';
}

/**
 * A document's whole log, replayed row by row once: which row inserted and which row deleted each unit, and which text was only
 * moved. From these every version and every difference can be told without another replay, because Yjs never changes the order
 * of what it holds. Rows may be added as they come.
 */
export class History {
	readonly doc = new Y.Doc({ gc: false });
	readonly inserted = new RangeMap<number>();
	readonly deleted = new RangeMap<number>();
	readonly links = new Links();
	/** Rows of which a later one has brought back what they had deleted. */
	readonly takenBack = new Set<number>();
	/** The rows that brought that back. */
	readonly takingBack = new Set<number>();
	/** `rows[seq - 1]`. */
	readonly rows: RowFacts[] = [];
	/** Bytes of the updates so far: about how much memory it takes, some times over. */
	bytes = 0;
	private readonly seqsOf = new Map<string, number[]>();
	private readonly roots = new Map<Node, RootName>();
	private readonly blockNumbers = new Map<Node, number>();
	private readonly blocks: Node[] = [];

	constructor() {
		for (const root of ROOTS) this.roots.set(this.doc.getXmlFragment(root), root);
	}

	get head(): number {
		return this.rows.length;
	}

	/** Replays the next row. Throws BrokenHistory when it is not the next, or needs what is not there. */
	add(row: LogRow): void {
		if (row.seq !== this.head + 1) throw new BrokenHistory(`row ${this.head + 1} is missing`);
		// Before Yjs joins what lies side by side: here each item is still of one row.
		this.doc.once('afterTransaction', (tr: Y.Transaction) => this.note(row, changesOf(tr)));
		this.doc.transact((tr) => {
			Y.applyUpdate(this.doc, row.upd);
			// Keeps the replica from making clean-up edits of its own (collab.md, «Readers write»).
			tr.local = true;
		});
		if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null)
			throw new BrokenHistory(`row ${row.seq} needs what is not there`);
		this.bytes += row.upd.length;
	}

	row(seq: number): RowFacts {
		const row = this.rows[seq - 1];
		if (row === undefined) throw new RangeError(`no row ${seq}`);
		return row;
	}

	/** A person's rows before row `before`, the latest first, at most so many. */
	lastRowsOf(userId: string, before: number, most: number): RowFacts[] {
		const found: RowFacts[] = [];
		const seqs = this.seqsOf.get(userId) ?? [];
		for (let i = seqs.length - 1; i >= 0 && found.length < most; i--) {
			const seq = seqs[i] as number;
			if (seq < before) found.push(this.row(seq));
		}
		return found;
	}

	block(number: number): Node {
		return this.blocks[number] as Node;
	}

	partOf(node: Node): RootName | undefined {
		return this.roots.get(rootOf(node));
	}

	/** The rows that inserted and deleted a unit. */
	lifeOf(client: number, clock: number): { born: number; died: number | undefined } {
		return { born: this.inserted.at(client, clock) ?? 0, died: this.deleted.at(client, clock) };
	}

	/** Whether a unit stands in the document after row `seq`. */
	standsAt(client: number, clock: number, seq: number): boolean {
		const born = this.inserted.at(client, clock);
		if (born === undefined || born > seq) return false;
		const died = this.deleted.at(client, clock);
		return died === undefined || died > seq;
	}

	/** How many of `len` units from one on came, went and were moved together with it, wherever they were moved to. */
	together(client: number, clock: number, len: number): number {
		let shared = len;
		for (let at: { client: number; clock: number } | undefined = { client, clock }; at;) {
			const end = this.inserted.reach(at.client, at.clock, at.clock + shared);
			shared = this.links.reach(at.client, at.clock, this.deleted.reach(at.client, at.clock, end)) - at.clock;
			at = this.links.to(at.client, at.clock);
		}
		return shared;
	}

	/** The unit that a unit is now, after all moves; that one may be deleted. */
	whereabouts(client: number, clock: number): { client: number; clock: number } {
		let at = { client, clock };
		for (let to = this.links.to(client, clock); to !== undefined; to = this.links.to(at.client, at.clock)) at = to;
		return at;
	}

	/** Whose words a unit is: who typed it first, however often it was moved since (promise 2). */
	authorOf(client: number, clock: number): string {
		const first = this.links.first(client, clock);
		return this.row(this.inserted.at(first.client, first.clock) ?? 1).userId;
	}

	private note(row: LogRow, changes: Changes): void {
		const { seq, userId, atUs, kind } = row;
		for (const { client, clock, len } of changes.inserted) this.inserted.add(client, clock, len, seq);
		for (const { client, clock, len } of changes.deleted) this.deleted.add(client, clock, len, seq);
		const touched = new Set<Node>();
		for (const item of [...changes.born, ...changes.died]) {
			const block = blockOf(item);
			if (block !== undefined) touched.add(block);
		}
		const parts = ROOTS.filter((root) => [...touched].some((block) => this.partOf(block) === root));
		this.rows.push({ seq, userId, atUs, kind, parts, blocks: [...touched].map((block) => this.numberOf(block)) });
		const seqs = this.seqsOf.get(userId);
		if (seqs) seqs.push(seq);
		else this.seqsOf.set(userId, [seq]);
		if (kind === 'edit') findMoved(this, this.row(seq), changes);
		if (row.restores !== undefined) linkBroughtBack(this, this.row(seq), row.restores);
	}

	private numberOf(block: Node): number {
		let number = this.blockNumbers.get(block);
		if (number === undefined) {
			number = this.blocks.push(block) - 1;
			this.blockNumbers.set(block, number);
		}
		return number;
	}
}
