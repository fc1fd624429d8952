import type { Logger } from '#lib/server/log.ts';
import { appendBatches, type AppendDoc, type AppendResult } from '#lib/server/queries/collab-append.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { COMMIT_PAUSE_MS, FLIGHTS, SKIPS, WAITING } from './limits.ts';
import type { Room } from './room.ts';

/**
 * Group commit: all documents that have something waiting go to the database in one call. A quiet server commits at once; a
 * busy one waits a little for more to come, which saves work and nobody can feel (collab.md, «Measured peers»).
 */
export class Committer {
	private readonly dirty = new Set<Room>();
	private flights = 0;
	private waiting = 0;
	private armed = false;
	/** Documents in the last turn: how busy it is. */
	private load = 0;
	private readonly db: Db;
	private readonly log: Logger;
	private readonly clock: () => Date;

	constructor(db: Db, log: Logger, clock: () => Date) {
		this.db = db;
		this.log = log;
		this.clock = clock;
	}

	/** This room has something waiting. */
	readonly wake = (room: Room): void => {
		this.dirty.add(room);
		this.arm();
	};

	private arm(): void {
		if (this.armed || this.flights >= FLIGHTS || this.dirty.size === 0) return;
		this.armed = true;
		const pause = this.load <= 1 ? 0 : Math.min(COMMIT_PAUSE_MS, this.load);
		if (pause === 0) setImmediate(this.turn);
		else setTimeout(this.turn, pause);
	}

	private readonly turn = (): void => {
		this.armed = false;
		const rooms = [...this.dirty];
		this.dirty.clear();
		const taken = new Map<string, Room>();
		const docs: AppendDoc[] = [];
		for (const room of rooms) {
			const doc = this.taken(room);
			if (!doc) continue;
			if (room.skips >= SKIPS && this.waiting < WAITING) {
				void this.flyAlone(doc, room);
				continue;
			}
			docs.push(doc);
			taken.set(doc.id, room);
		}
		this.load = docs.length;
		if (docs.length > 0) void this.fly(docs, taken);
		this.arm();
	};

	/** What a room has to commit. A fault in one ends that one. */
	private taken(room: Room): AppendDoc | undefined {
		try {
			return room.take();
		} catch (error) {
			return this.failed(room, error);
		}
	}

	private failed(room: Room, error: unknown): undefined {
		this.log.error({ err: error, docId: room.id }, 'room failed');
		room.die(1013);
	}

	private async fly(docs: AppendDoc[], rooms: Map<string, Room>): Promise<void> {
		this.flights += 1;
		const results = await this.append(docs, false);
		this.flights -= 1;
		this.settle(rooms, results);
	}

	/** For a document that another node was writing to each time: nobody else waits with it. */
	private async flyAlone(doc: AppendDoc, room: Room): Promise<void> {
		this.waiting += 1;
		const results = await this.append([doc], true);
		this.waiting -= 1;
		this.settle(new Map([[doc.id, room]]), results);
	}

	private async append(docs: AppendDoc[], wait: boolean): Promise<AppendResult[]> {
		try {
			return await appendBatches(this.db, docs, this.clock().getTime() * 1000, wait);
		} catch (error) {
			this.log.warn({ err: error, documents: docs.length }, 'append failed, outcome unknown');
			return [];
		}
	}

	private settle(rooms: Map<string, Room>, results: AppendResult[]): void {
		const answers = new Map(results.map((result) => [result.docId, result]));
		for (const [id, room] of rooms) {
			try {
				room.settle(answers.get(id))?.catch((error: unknown) => this.failed(room, error));
			} catch (error) {
				this.failed(room, error);
			}
		}
		this.arm();
	}
}
