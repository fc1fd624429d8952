import type * as Y from 'yjs';
import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import type { Logger } from '#lib/server/log.ts';
import type { AppendDoc, AppendResult } from '#lib/server/queries/collab-append.ts';
import type { CollabDoc, CollabRow } from '#lib/server/queries/collab.ts';
import { answer } from './answer.ts';
import { Audience } from './audience.ts';
import type { Derived } from './batch.ts';
import type { Connection } from './connection.ts';
import { Door } from './door.ts';
import { Flight } from './flight.ts';
import { deriveAll, Poisoned, refuseFinal, Unsure, type Court } from './judge.ts';
import type { Peers } from './peers.ts';
import { Queue, type Item, type UpdateItem } from './queue.ts';
import { Replica } from './replica.ts';
import type { Store } from './store.ts';

/**
 * `loading`: being (re)built from the log; nothing is handled. `ready`: the Y.Doc is committed state. `flying`: the Y.Doc
 * holds one batch that is not committed yet. `dead`: unloaded, or its log is broken.
 */
type Phase = 'loading' | 'ready' | 'flying' | 'dead';

/** `wake` asks for a turn. */
export type RoomDeps = { store: Store; log: Logger; peers: Peers; wake: (room: Room) => void };

/**
 * One document and those who are in it: an actor. Messages wait raw in its queue; one batch at a time is applied, committed,
 * and only then broadcast and acknowledged (collab.md, «The write path»). On anything but `ok` it is rebuilt from the log, and
 * the raw messages are applied again: what had committed yields no delta then, and is acknowledged.
 */
export class Room {
	readonly id: string;
	readonly audience: Audience;
	/** What this room has of the log. */
	readonly replica: Replica;
	readonly door: Door;
	phase: Phase = 'loading';
	private readonly queue = new Queue();
	/** Batches in a row of which nobody knows what became. */
	private unknowns = 0;
	private flight: Flight | undefined;
	/** The log is known to reach this far: nobody is served before this room has it. */
	private owed = 0;
	/** Updates that were held against a state that had all that was committed when they came. */
	private readonly surely = new WeakSet<Item>();
	/** Finalizing has begun: updates wait raw until it is known how it ends. */
	private holding = false;
	/** The last truth that was not looked into yet. */
	private heard: CollabDoc | undefined;
	private readonly deps: RoomDeps;

	constructor(id: string, deps: RoomDeps) {
		const { store, log, peers } = deps;
		this.id = id;
		this.deps = deps;
		this.replica = new Replica(id, store);
		this.audience = new Audience(id, peers, {
			resync: (conn) => this.push({ kind: 'resync', conn }),
			isWriting: () => this.unacknowledged,
			now: () => store.now()
		});
		this.door = new Door({ docId: id, store, log, queue: this.queue, audience: this.audience });
	}

	/** Undefined until the first load has ended; then the last known row of collab_doc. */
	get head(): CollabDoc | undefined {
		return this.replica.head;
	}

	get doc(): Y.Doc {
		return this.replica.doc;
	}

	get connections(): ReadonlySet<Connection> {
		return this.audience.connections;
	}
	get idle(): boolean {
		return this.connections.size === 0 && this.queue.isEmpty && this.phase === 'ready';
	}

	get unacknowledged(): boolean {
		return this.phase !== 'dead' && (!this.queue.isEmpty || this.flight !== undefined);
	}

	get seq(): number {
		return this.head?.headSeq ?? 0;
	}

	/** How often in a row the batch in flight met another node's at this document. */
	get skips(): number {
		return this.flight?.skips ?? 0;
	}

	/**
	 * Brings the room to where the log is, for as long as it takes. Nothing is taken meanwhile, nor while `first` runs. What cannot be
	 * mended by waiting ends the room: people come back to a new one.
	 */
	async load(first?: () => Promise<void>): Promise<void> {
		this.phase = 'loading';
		this.owed = 0;
		try {
			await first?.();
			const refreshed = await this.replica.refresh();
			if (refreshed) this.refreshed(refreshed);
			else this.die(CLOSE.tryAgain);
		} catch (error) {
			this.deps.log.error({ err: error, docId: this.id }, 'room cannot be built');
			this.die(CLOSE.tryAgain);
		}
	}

	private refreshed({ missed, before }: { missed: CollabRow[]; before: CollabDoc | undefined }): void {
		if (!this.head) return;
		if (before && before.epoch !== this.head.epoch) return this.die(CLOSE.otherEpoch);
		this.phase = 'ready';
		if (this.head.state !== 'closing') this.holding = false;
		for (const conn of this.connections) conn.forgetClientsOfOthers(this.replica.owners);
		this.audience.tellRows(missed);
		if (before && before.state !== this.head.state) this.audience.tellState(this.head.state);
		this.goOn();
	}

	/** The log reaches this far, another node says, or somebody has seen: what is missing here is fetched. */
	owe(seq: number): void {
		this.owed = Math.max(this.owed, seq);
		if (this.isOwed) this.deps.wake(this);
	}

	private get isOwed(): boolean {
		return this.head !== undefined && this.owed > this.head.headSeq;
	}

	/** Takes in a connection; its handshake waits its turn like everything else. */
	join(conn: Connection): void {
		this.audience.connections.add(conn);
		conn.awaitingStep2 = true;
		// What this person has seen on another node until just now.
		this.owe(conn.rights.headSeq);
		this.push({ kind: 'join', conn });
	}

	/** Puts a message into the raw queue. */
	push(item: Item): void {
		if (this.phase === 'dead') return;
		this.queue.push(item);
		if (this.queue.isFull) this.audience.pause(true);
		this.deps.wake(this);
	}

	/** Applies what waits and returns what is to be committed; undefined when there is nothing, or it is not this room's turn. */
	take(): AppendDoc | undefined {
		const { head } = this;
		if (this.phase === 'flying' && this.flight?.due) return this.send(this.flight);
		if (this.phase !== 'ready' || !head) return undefined;
		if (this.isOwed) return void this.load();
		if (this.queue.isEmpty) return undefined;
		const items = this.queue.takeAll();
		const updates = items.filter((item): item is UpdateItem => item.kind === 'update');
		const after = items.filter((item) => item.kind !== 'update');
		if (head.state === 'final' || head.state === 'cancelled') refuseFinal(this.court(), updates);
		if (this.holding) {
			// Finalizing: who joins is served, updates and their acknowledgements wait.
			this.answer(after.filter((item) => item.kind !== 'lagre'));
			this.queue.putBack(items.filter((item) => item.kind === 'update' || item.kind === 'lagre'));
			return undefined;
		}
		const takesEdits = head.state === 'open' || head.state === 'closing';
		const rows = takesEdits ? this.deriveOrRebuild(updates, items) : [];
		if (!rows) return undefined;
		if (rows.length === 0) {
			this.answer(after);
			this.goOn();
			return undefined;
		}
		this.phase = 'flying';
		this.replica.dirty = true;
		this.flight = new Flight(items, rows, after);
		return this.send(this.flight);
	}

	private send(flight: Flight): AppendDoc | undefined {
		if (!this.head) return undefined;
		flight.due = false;
		const { headSeq: head, epoch } = this.head;
		return { id: this.id, head, epoch, rows: flight.rows.map(({ row }) => row) };
	}

	/** What became of the batch in flight; undefined when nobody knows. */
	settle(result: AppendResult | undefined): Promise<void> | undefined {
		const { flight } = this;
		if (!flight) return undefined;
		if (result?.outcome === 'ok') return void this.committed(flight, result);
		if (result?.outcome === 'locked') return void this.sendAgain(flight, flight.skips + 1);
		return this.notAppended(flight, result);
	}

	private async notAppended(flight: Flight, result: AppendResult | undefined): Promise<void> {
		const others = result?.outcome === 'behind' ? await this.replica.moveUp(flight) : undefined;
		if (others) {
			this.audience.tellRows(others);
			return this.sendAgain(flight, 0);
		}
		this.flight = undefined;
		const outcome = result?.outcome ?? 'unknown';
		this.deps.log.info({ docId: this.id, outcome, rows: flight.rows.length }, 'batch not appended');
		// Not `ready` again until it is rebuilt: the Y.Doc holds what is not committed.
		this.phase = 'loading';
		this.queue.putBack(flight.items);
		this.unknowns = result ? 0 : this.unknowns + 1;
		for (const place of result?.refused ?? []) {
			const forger = flight.rows[place]?.conn;
			if (forger) this.door.refuse(forger, CLOSE.forgedAuthorship, this.queue.items);
		}
		if (result?.outcome === 'closing') this.holding = true;
		await this.load(async () => {
			if (result?.outcome === 'stale') await this.door.redecide();
			// The database that cannot write answers reads at once: without a pause it would be asked without a pause.
			if (this.unknowns > 1) await this.deps.store.backOff(this.unknowns - 1);
		});
	}

	private sendAgain(flight: Flight, skips: number): void {
		flight.again(skips);
		this.deps.wake(this);
	}

	/** Takes note of the truth as the poll found it; at the next turn, when the room is being brought up to what may be older. */
	async follow(truth: CollabDoc): Promise<void> {
		const { head } = this;
		this.heard = this.phase === 'ready' ? undefined : truth;
		if (this.heard || !head) return;
		// What the poll has read may be older than what this room has committed since.
		const moved = truth.headSeq > head.headSeq || truth.epoch !== head.epoch || truth.state !== head.state;
		const now = this.deps.store.now();
		const accessChanged = [...this.connections].some(
			({ rights }) =>
				rights.accessVersion < truth.accessVersion || (rights.until !== null && rights.until.getTime() <= now)
		);
		if (accessChanged) await this.load(() => this.door.redecide());
		else if (moved) await this.load();
	}

	/** Ends the room and closes every socket. */
	die(code: CloseCode): void {
		this.phase = 'dead';
		this.audience.closeAll(code);
	}

	/** What those who judge may know and do. */
	private court(): Court {
		return {
			replica: this.replica,
			ascertain: (item) => {
				if (!this.surely.has(item)) throw new Unsure();
			},
			refuse: (conn, code, lost) => this.door.refuse(conn, code, lost),
			later: (item) => this.queue.push(item)
		};
	}

	/** As `deriveAll`, after a look at the log where that is needed. Whoever does to Yjs what the checks let through is refused. */
	private deriveOrRebuild(updates: UpdateItem[], items: Item[]): Derived[] | undefined {
		try {
			return deriveAll(this.court(), updates);
		} catch (error) {
			if (!(error instanceof Poisoned || error instanceof Unsure)) throw error;
			this.replica.dirty = true;
			this.queue.putBack(items);
			for (const item of updates) this.surely.add(item);
			if (error instanceof Poisoned) this.door.refusePoison(error.conn, error.cause, items);
			void this.load();
			return undefined;
		}
	}

	private committed(flight: Flight, result: AppendResult): void {
		this.flight = undefined;
		this.phase = 'ready';
		this.unknowns = 0;
		this.replica.committed(flight.rows, result);
		this.deps.peers.committed(this.id, result.headSeq);
		this.audience.tellCommitted(flight.rows, () => this.answer(flight.after));
		this.goOn();
	}

	private answer(items: readonly Item[]): void {
		answer(items, this, this.court(), this.deps.store.now());
	}

	/** Reads from the sockets for as long as there is room for more, and asks for another turn when something waits. */
	private goOn(): void {
		this.audience.pause(this.queue.isFull);
		if (!this.unacknowledged) this.audience.tellHeld();
		if (this.heard) void this.follow(this.heard);
		if (!this.queue.isEmpty || this.isOwed) this.deps.wake(this);
	}
}
