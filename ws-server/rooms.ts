import * as Y from 'yjs';
import { CLOSE } from '#lib/collab/close-codes.ts';
import { putSnapshot } from '#lib/server/queries/collab.ts';
import { IDLE_ROOM_MS, SNAPSHOT_ROWS, SNAPSHOT_SHARE, SNAPSHOTS_AT_ONCE } from './limits.ts';
import type { PeerNodes } from './peers.ts';
import { Room, type RoomDeps } from './room.ts';

/** The rooms of this process: at most one per document. */
export class Rooms {
	private readonly rooms = new Map<string, Room>();
	private readonly idleSince = new Map<Room, number>();
	private readonly deps: RoomDeps & { peers: PeerNodes };

	constructor(deps: Rooms['deps']) {
		this.deps = deps;
	}

	ids(): string[] {
		return [...this.rooms.keys()];
	}

	all(): Room[] {
		return [...this.rooms.values()];
	}

	get(id: string): Room | undefined {
		return this.rooms.get(id);
	}

	/**
	 * The room of a document, opened if need be. Whoever comes with a later epoch than the room's knows before its poll that a backup was restored:
	 * those who are in it are told at once, and the newcomer is not shut out with them.
	 */
	open(id: string, epoch: number): Room {
		const there = this.rooms.get(id);
		const isOld = there?.head !== undefined && there.head.epoch < epoch;
		if (there && there.phase !== 'dead' && !isOld) return there;
		if (there && isOld) {
			there.die(CLOSE.otherEpoch);
			this.forget(there);
		}
		const room = new Room(id, this.deps);
		this.rooms.set(id, room);
		this.deps.peers.opened(id);
		void room.load();
		return room;
	}

	/** Unloads rooms that nobody has been in for a while, after a snapshot; called now and then. Never one with unacknowledged rows. */
	async sweep(now: number): Promise<void> {
		for (const room of this.all()) {
			if (room.phase === 'dead') this.forget(room);
			else if (!room.idle) this.idleSince.delete(room);
			else if (!this.idleSince.has(room)) this.idleSince.set(room, now);
			if (now - (this.idleSince.get(room) ?? now) < IDLE_ROOM_MS) continue;
			await this.snapshot(room);
			// Somebody may have come while the snapshot was written.
			if (!room.idle) continue;
			room.die(1012);
			this.forget(room);
		}
		const due = this.all()
			.filter((room) => room.phase === 'ready' && tail(room) >= Math.max(SNAPSHOT_ROWS, room.seq * SNAPSHOT_SHARE))
			.sort((one, other) => tail(other) - tail(one));
		for (const room of due.slice(0, SNAPSHOTS_AT_ONCE)) await this.snapshot(room);
	}

	/** Writes a snapshot of the committed state, if there is anything new. A cache: a failure costs nothing but time. */
	async snapshot(room: Room): Promise<void> {
		const { head, replica } = room;
		// One row is read as quickly as a snapshot of it.
		if (room.phase !== 'ready' || !head || head.headSeq <= Math.max(1, replica.snapshotSeq)) return;
		const stateV2 = Y.encodeStateAsUpdateV2(room.doc);
		const sv = Y.encodeStateVector(room.doc);
		replica.snapshotSeq = head.headSeq;
		try {
			await putSnapshot(this.deps.store.db, { docId: room.id, seq: head.headSeq, epoch: head.epoch, stateV2, sv });
		} catch (error) {
			this.deps.log.warn({ err: error, docId: room.id }, 'snapshot not written');
		}
	}

	private forget(room: Room): void {
		this.idleSince.delete(room);
		if (this.rooms.get(room.id) !== room) return;
		this.rooms.delete(room.id);
		this.deps.peers.shut(room.id);
	}
}

/** Rows after the last snapshot. */
function tail({ seq, replica }: Room): number {
	return seq - replica.snapshotSeq;
}
