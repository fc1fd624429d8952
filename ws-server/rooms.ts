import * as Y from 'yjs';
import { putSnapshot } from '#lib/server/queries/collab.ts';
import { IDLE_ROOM_MS, SNAPSHOT_ROWS } from './limits.ts';
import type { PeerNodes } from './peers.ts';
import { Room, type RoomDeps } from './room.ts';

/** The rooms of this process: at most one per document. */
export class Rooms {
	private readonly rooms = new Map<string, Room>();
	private readonly idleSince = new Map<Room, number>();
	private readonly snapshotAt = new Map<string, number>();
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

	/** The room of a document, opened if need be. */
	open(id: string): Room {
		const there = this.rooms.get(id);
		if (there && there.phase !== 'dead') return there;
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
		for (const room of this.all()) {
			const head = room.head?.headSeq ?? 0;
			if (room.phase === 'ready' && head - (this.snapshotAt.get(room.id) ?? 0) >= SNAPSHOT_ROWS)
				await this.snapshot(room);
		}
	}

	/** Writes a snapshot of the committed state, if there is anything new. A cache: a failure costs nothing but time. */
	async snapshot(room: Room): Promise<void> {
		const { head } = room;
		if (room.phase !== 'ready' || !head || head.headSeq <= (this.snapshotAt.get(room.id) ?? 1)) return;
		const stateV2 = Y.encodeStateAsUpdateV2(room.doc);
		const sv = Y.encodeStateVector(room.doc);
		this.snapshotAt.set(room.id, head.headSeq);
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
		this.snapshotAt.delete(room.id);
	}
}
