import { History } from '#lib/collab/history/history.ts';
import { Bursts } from '#lib/domain/endringslogg/bursts.ts';
import type { Db } from '../db/pool.ts';
import { findCollabDoc, listRows } from '../queries/collab.ts';
import { listGjenopprettinger } from '../queries/endringslogg.ts';
import type { RawPost } from './protocol.ts';

/** Rows that are read at a time, so that memory does not follow the length of the log. */
const PAGE = 2_000;
/** How much is kept for the next question: so many documents, so many bytes of their updates. */
const MAX_DOCS = 30;
const MAX_BYTES = 24 * 1024 * 1024;

/** A document's log, replayed and grouped. */
export class ReplayedLog {
	readonly history = new History();
	readonly bursts = new Bursts();
	/** What an entry says, by its first row; it holds as long as the entry has this many rows. */
	readonly posts = new Map<number, { rows: number; post: RawPost }>();
	readonly epoch: number;

	constructor(epoch: number) {
		this.epoch = epoch;
	}
}

/** The documents that were asked about lately. A question replays only what was written since the last one. */
export class Archive {
	private readonly db: Db;
	/** The least lately used first. */
	private readonly records = new Map<string, ReplayedLog>();

	constructor(db: Db) {
		this.db = db;
	}

	/** A document's log up to now; undefined when there is none. Throws BrokenHistory, and what the database throws. */
	async open(docId: string): Promise<ReplayedLog | undefined> {
		const head = await findCollabDoc(this.db, docId);
		if (!head) return undefined;
		let record = this.records.get(docId);
		// Taken out until it is whole again: a replay that breaks off leaves nothing behind.
		this.records.delete(docId);
		if (record === undefined || record.epoch !== head.epoch || record.history.head > head.headSeq)
			record = new ReplayedLog(head.epoch);
		while (record.history.head < head.headSeq) {
			const from = record.history.head;
			const rows = await listRows(this.db, docId, from, Math.min(head.headSeq, from + PAGE));
			if (rows.length === 0) throw new Error(`document ${docId}: row ${from + 1} is missing`);
			const restored = rows.some((row) => row.kind === 'restore') && (await listGjenopprettinger(this.db, docId));
			for (const row of rows) {
				record.history.add({ ...row, restores: (restored || undefined)?.get(row.seq) });
				record.bursts.add(record.history.row(row.seq));
			}
		}
		this.records.set(docId, record);
		this.forget();
		return record;
	}

	private forget(): void {
		let bytes = 0;
		for (const { history } of this.records.values()) bytes += history.bytes;
		for (const [docId, { history }] of this.records) {
			if (this.records.size === 1 || (bytes <= MAX_BYTES && this.records.size <= MAX_DOCS)) return;
			this.records.delete(docId);
			bytes -= history.bytes;
		}
	}
}
