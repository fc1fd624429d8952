import { requireUnbroken } from '#lib/server/collab-state.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { listCollabDocs, listRowsOfMany, type CollabDoc, type CollabRow } from '#lib/server/queries/collab.ts';

/** Where a log is now, with the rows after one that is known. */
export type Tail = { head: CollabDoc; rows: CollabRow[] };

type Asked = { id: string; after: number; answer: (tail: Tail | undefined) => void; fail: (error: unknown) => void };

/**
 * Fetches what other nodes have written. When two nodes serve the same documents many of them lack something at once: while the database answers
 * for some, the others are gathered, and asked for together.
 */
export class Tails {
	private waiting: Asked[] = [];
	private asking = false;
	private readonly db: Db;

	constructor(db: Db) {
		this.db = db;
	}

	/** The head of a document and its rows after `after`; undefined when there is no such document. Throws BrokenLog, and what the database throws. */
	fetch(id: string, after: number): Promise<Tail | undefined> {
		return new Promise((answer, fail) => {
			this.waiting.push({ id, after, answer, fail });
			if (!this.asking) void this.askOn();
		});
	}

	private async askOn(): Promise<void> {
		this.asking = true;
		// Whatever else this turn asks for goes along.
		await new Promise(setImmediate);
		while (this.waiting.length > 0) {
			const asked = this.waiting;
			this.waiting = [];
			await this.ask(asked).catch((error: unknown) => {
				for (const { fail } of asked) fail(error);
			});
		}
		this.asking = false;
	}

	private async ask(asked: readonly Asked[]): Promise<void> {
		const docs = await listCollabDocs(this.db, [...new Set(asked.map(({ id }) => id))]);
		const heads = new Map(docs.map((head) => [head.id, head]));
		const lacking = [...Map.groupBy(asked, ({ id }) => id)].flatMap(([id, each]) => {
			const to = heads.get(id)?.headSeq ?? 0;
			const after = Math.min(...each.map((one) => one.after));
			return after < to ? [{ id, after, to }] : [];
		});
		const rows = await listRowsOfMany(this.db, lacking);
		for (const { id, after, answer, fail } of asked) {
			const head = heads.get(id);
			try {
				const own = (rows.get(id) ?? []).filter(({ seq }) => seq > after);
				answer(head && { head, rows: head.headSeq <= after ? [] : requireUnbroken(head, after, own) });
			} catch (error) {
				fail(error);
			}
		}
	}
}
