import * as Y from 'yjs';
import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import { encodeLagret } from '#lib/collab/messages.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { Logger } from '#lib/server/log.ts';
import type { AppendDoc, AppendResult } from '#lib/server/queries/collab-append.ts';
import type { CollabDoc } from '#lib/server/queries/collab.ts';
import { Audience } from './audience.ts';
import type { Derived } from './batch.ts';
import type { Connection } from './connection.ts';
import { deriveAll, dropGap, Poisoned, refuseFinal, type Court } from './judge.ts';
import { Queue, writtenBy, type Item, type UpdateItem } from './queue.ts';
import type { Store } from './store.ts';
import { DocMeter } from './validate/meter.ts';
import * as wire from './wire.ts';

/** What a batch in flight was made of. */
type Flight = { items: Item[]; rows: Derived[]; after: Item[] };

/**
 * `loading`: being (re)built from the log; nothing is handled. `ready`: the Y.Doc is committed state. `flying`: the Y.Doc
 * holds one batch that is not committed yet. `dead`: unloaded, or its log is broken.
 */
type Phase = 'loading' | 'ready' | 'flying' | 'dead';

/**
 * One document and those who are in it: an actor. Messages wait raw in its queue; one batch at a time is applied, committed,
 * and only then broadcast and acknowledged (collab.md, «The write path»). On anything but `ok` it is rebuilt from the log, and
 * the raw messages are applied again: what had committed yields no delta then, and is acknowledged.
 */
export class Room {
	readonly id: string;
	readonly audience = new Audience();
	phase: Phase = 'loading';
	/** Undefined until the first load has ended; then the last known row of collab_doc. */
	head: CollabDoc | undefined;
	doc = new Y.Doc({ gc: false });
	private meter = new DocMeter(this.doc);
	/** Which person each clientID belongs to, as far as this room knows; the database has the last word. */
	owners = new Map<number, string>();
	private readonly queue = new Queue();
	/** Batches in a row of which nobody knows what became. */
	private unknowns = 0;
	private flight: Flight | undefined;
	/** The last row that was broadcast. */
	private told = 0;
	/** Finalizing has begun: updates wait raw until it is known how it ends. */
	private holding = false;
	private readonly store: Store;
	private readonly log: Logger;
	/** Asks for a turn. */
	private readonly wake: (room: Room) => void;

	constructor(id: string, store: Store, log: Logger, wake: (room: Room) => void) {
		this.id = id;
		this.store = store;
		this.log = log;
		this.wake = wake;
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

	/**
	 * Builds the room from the log, for as long as it takes. Nothing is taken meanwhile, nor while `first` runs. What cannot be
	 * mended by waiting ends the room: people come back to a new one.
	 */
	async load(first?: () => Promise<void>): Promise<void> {
		this.phase = 'loading';
		try {
			await first?.();
			await this.rebuild();
		} catch (error) {
			this.log.error({ err: error, docId: this.id }, 'room cannot be built');
			this.die(CLOSE.tryAgain);
		}
	}

	private async rebuild(): Promise<void> {
		const before = this.head;
		const loaded = await this.store.load(this.id, before ? this.told : undefined);
		if (!loaded) return this.die(CLOSE.tryAgain);
		if (before && before.epoch !== loaded.head.epoch) return this.die(CLOSE.otherEpoch);
		this.doc = loaded.doc;
		for (const root of ROOTS) this.doc.getXmlFragment(root);
		this.head = loaded.head;
		this.owners = loaded.clients;
		this.meter = new DocMeter(this.doc);
		this.told = this.head.headSeq;
		this.phase = 'ready';
		if (this.head.state !== 'closing') this.holding = false;
		for (const row of loaded.missed) this.audience.broadcast(wire.update(row.upd), undefined);
		if (before && before.state !== this.head.state) this.audience.tellState(this.head.state);
		this.goOn();
	}

	/** Takes in a connection; its handshake waits its turn like everything else. */
	join(conn: Connection): void {
		this.audience.connections.add(conn);
		conn.awaitingStep2 = true;
		this.push({ kind: 'join', conn });
	}

	/** Puts a message into the raw queue. */
	push(item: Item): void {
		if (this.phase === 'dead') return;
		this.queue.push(item);
		if (this.queue.isFull) this.audience.pause(true);
		this.wake(this);
	}

	/** Forgets a connection that has gone. What it had sent is still committed. */
	leave(conn: Connection): void {
		this.audience.remove(conn);
	}

	/** Applies what waits and returns what is to be committed; undefined when there is nothing, or it is not this room's turn. */
	take(): AppendDoc | undefined {
		const { head } = this;
		if (this.phase !== 'ready' || !head || this.queue.isEmpty) return undefined;
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
		this.flight = { items, rows, after };
		return { id: this.id, head: head.headSeq, epoch: head.epoch, rows: rows.map(({ row }) => row) };
	}

	/** What became of the batch in flight; undefined when nobody knows. */
	async settle(result: AppendResult | undefined): Promise<void> {
		const flight = this.flight;
		if (!flight) return;
		this.flight = undefined;
		if (result?.outcome === 'ok') return this.committed(flight, result);
		this.log.info(
			{ docId: this.id, outcome: result?.outcome ?? 'unknown', rows: flight.rows.length },
			'batch not appended'
		);
		// Not `ready` again until it is rebuilt: the Y.Doc holds what is not committed.
		this.phase = 'loading';
		this.queue.putBack(flight.items);
		this.unknowns = result ? 0 : this.unknowns + 1;
		if (result?.outcome === 'refused') {
			for (const place of result.refused) {
				const forger = flight.rows[place]?.conn;
				if (forger) this.refuse(forger, CLOSE.forgedAuthorship, this.queue.items);
			}
		}
		if (result?.outcome === 'closing') this.holding = true;
		await this.load(async () => {
			if (result?.outcome === 'stale') await this.redecide();
			// The database that cannot write answers reads at once: without a pause it would be asked without a pause.
			if (this.unknowns > 1) await this.store.backOff(this.unknowns - 1);
		});
	}

	/**
	 * Decides every connection's rights anew; losers are closed, and what they had sent is kept aside for them. Only called while
	 * nothing is in flight: all that is not committed stands in the queue then.
	 */
	private async redecide(): Promise<void> {
		// Those who have left while what they sent still waits are judged too.
		for (const conn of new Set([...this.connections, ...this.queue.items.map((item) => item.conn)])) {
			const admission = await this.store.readmit(this.id, conn.rights.okt.hash);
			if (conn.refused) continue;
			if (admission.ok) conn.rights = admission.rights;
			else this.refuse(conn, admission.code, this.queue.items);
		}
	}

	/** Takes note of the truth as the poll found it. */
	async follow(truth: Pick<CollabDoc, 'epoch' | 'state' | 'headSeq' | 'accessVersion'>): Promise<void> {
		const { head } = this;
		if (this.phase !== 'ready' || !head) return;
		// What the poll has read may be older than what this room has committed since.
		const moved = truth.headSeq > head.headSeq || truth.epoch !== head.epoch || truth.state !== head.state;
		const now = this.store.now();
		const accessChanged = [...this.connections].some(
			({ rights }) =>
				rights.accessVersion < truth.accessVersion || (rights.until !== null && rights.until.getTime() <= now)
		);
		if (accessChanged) await this.load(() => this.redecide());
		else if (moved) await this.load();
	}

	/** Ends the room; every socket is closed with this code. */
	die(code: CloseCode): void {
		this.phase = 'dead';
		this.audience.closeAll(code);
	}

	/** What those who judge may know and do. */
	private court(): Court {
		return {
			...{ doc: this.doc, meter: this.meter, owners: this.owners },
			refuse: (conn, code, lost) => this.refuse(conn, code, lost),
			later: (item) => this.queue.push(item)
		};
	}

	/** As `deriveAll`. Should an update ever do to Yjs what the checks let through, its author is refused and the room rebuilt. */
	private deriveOrRebuild(updates: UpdateItem[], items: Item[]): Derived[] | undefined {
		try {
			return deriveAll(this.court(), updates);
		} catch (error) {
			if (!(error instanceof Poisoned)) throw error;
			this.log.error({ docId: this.id, err: error.cause ?? error }, 'an accepted update could not be applied');
			this.queue.putBack(items);
			this.refuse(error.conn, CLOSE.invalid, items);
			void this.load();
			return undefined;
		}
	}

	/** Ends a connection whose frame could not be read; the update in it, if it was one, is kept for its author too. */
	refuseFrame(conn: Connection, code: CloseCode, upd: Uint8Array | undefined): void {
		if (conn.refused) return;
		if (upd) void this.store.keepRejected(this.id, conn.userId, code, [{ bytes: upd }]);
		this.refuse(conn, code, this.queue.items);
	}

	/** Closes a connection for what it sent, and keeps what of it is not committed for its author. */
	private refuse(conn: Connection, code: CloseCode, items: readonly Item[]): void {
		if (conn.refused) return;
		conn.refused = true;
		this.log.info({ docId: this.id, userId: conn.userId, code }, 'refused');
		conn.close(code);
		void this.store.keepRejected(this.id, conn.userId, code, writtenBy(conn, items));
		this.queue.drop(conn);
		this.leave(conn);
	}

	private committed(flight: Flight, result: AppendResult): void {
		if (!this.head) return;
		this.phase = 'ready';
		this.unknowns = 0;
		this.head = { ...this.head, headSeq: result.headSeq, accessVersion: result.accessVersion };
		this.told = result.headSeq;
		for (const { row, conn } of flight.rows) {
			for (const client of row.clients) this.owners.set(client, row.userId);
			this.audience.broadcast(wire.update(row.upd), conn);
		}
		this.answer(flight.after);
		this.goOn();
	}

	/** Answers what asks about committed state. Only called when the Y.Doc is that. */
	private answer(items: Item[]): void {
		const at = this.store.now();
		for (const item of items) {
			const { conn } = item;
			if (conn.closed) continue;
			if (item.kind === 'join' || item.kind === 'ask') {
				conn.send(wire.syncStep1(this.doc));
			} else if (item.kind === 'step1') {
				conn.send(wire.syncStep2(this.doc, item.stateVector));
				if (!conn.synced) this.audience.welcome(conn, this.head?.state);
			} else if (item.kind === 'gap') {
				dropGap(this.court(), conn, item.step2, []);
			} else if (item.kind === 'lagre') {
				// Held until its missing part has come: LAGRET never covers a gap.
				if (conn.gapped) conn.heldLagre = item.v;
				else conn.send(encodeLagret(item.v, this.head?.headSeq ?? 0, at));
			}
		}
	}

	/** Reads from the sockets for as long as there is room for more, and asks for another turn when something waits. */
	private goOn(): void {
		this.audience.pause(this.queue.isFull);
		if (!this.queue.isEmpty) this.wake(this);
	}
}
