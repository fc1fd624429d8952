import { setTimeout as sleep } from 'node:timers/promises';
import type { CloseCode } from '#lib/collab/close-codes.ts';
import { BrokenLog, loadDoc, type LoadedDoc } from '#lib/server/collab-state.ts';
import { isUnavailable, type Db } from '#lib/server/db/pool.ts';
import type { Logger } from '#lib/server/log.ts';
import { keepRejected, listClients, listRows, type CollabRow } from '#lib/server/queries/collab.ts';
import { readmit, type Admission } from './admit.ts';
import { Tails, type Tail } from './tails.ts';

/** A document as the log has it, with the rows after the last one that the room has told its people of. */
export type Loaded = LoadedDoc & { clients: Map<number, string>; missed: CollabRow[] };

/** What one refusal takes from its author, and the words in it; null: there are none, or it cannot be read. */
export type Refused = { updates: readonly Uint8Array[]; tekst: string | null };

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/** What rooms ask of PostgreSQL. While it is away they wait here: a room that is not rebuilt handles nothing. */
export class Store {
	readonly db: Db;
	private readonly tails: Tails;
	private readonly log: Logger;
	private readonly clock: () => Date;
	/** Set when the process stops: then waiting ends. */
	private stopping = false;

	constructor(db: Db, log: Logger, clock: () => Date) {
		this.db = db;
		this.tails = new Tails(db);
		this.log = log;
		this.clock = clock;
	}

	now(): number {
		return this.clock().getTime();
	}

	stop(): void {
		this.stopping = true;
	}

	/** Undefined when there is no such document, or its log has a hole: then nobody may write on it. */
	load(id: string, told: number | undefined): Promise<Loaded | undefined> {
		return this.untilThere('load', async () => {
			const loaded = await this.unlessBroken(id, loadDoc(this.db, id));
			if (!loaded) return undefined;
			const missed =
				told === undefined || told >= loaded.head.headSeq ? [] : await listRows(this.db, id, told, loaded.head.headSeq);
			return { ...loaded, clients: await listClients(this.db, id), missed };
		});
	}

	/** Undefined as with `load`. The rows of another epoch are none of this one's. */
	tail(id: string, after: number): Promise<Tail | undefined> {
		return this.untilThere('tail', () => this.unlessBroken(id, this.tails.fetch(id, after)));
	}

	/** Decides a connection's rights anew. */
	async readmit(docId: string, oktHash: string): Promise<Admission> {
		const admission = await this.untilThere('readmit', () => readmit(this.db, docId, oktHash, this.clock()));
		return admission ?? { ok: false, code: 1013 };
	}

	/** Waits, the longer the more often the same has failed in a row: 50 ms the first time, 1 s at most. */
	backOff(failures: number): Promise<void> {
		return sleep(Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS));
	}

	/** Keeps refused updates aside for their author. Never throws: the connection is closed anyway, and others must not suffer. */
	async keepRejected(docId: string, userId: string, code: CloseCode, refused: Refused): Promise<void> {
		if (refused.updates.length === 0) return;
		const reject = { docId, userId, now: this.clock(), reason: String(code), ...refused };
		await this.untilThere('reject', () => keepRejected(this.db, reject)).catch((error: unknown) =>
			this.log.error({ err: error, docId, userId }, 'refused text not kept')
		);
	}

	private unlessBroken<T>(docId: string, work: Promise<T>): Promise<T | undefined> {
		return work.catch((error: unknown) => {
			if (!(error instanceof BrokenLog)) throw error;
			this.log.error({ docId, err: error }, 'broken log');
			return undefined;
		});
	}

	/** Tries until the database answers; undefined when the process stops first. Other errors are the caller's. */
	private async untilThere<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
		for (let failures = 1; !this.stopping; failures++) {
			try {
				return await work();
			} catch (error) {
				if (!isUnavailable(error)) throw error;
				this.log.warn({ err: error, what }, 'database away');
				await this.backOff(failures);
			}
		}
		return undefined;
	}
}
