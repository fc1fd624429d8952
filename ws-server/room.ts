import * as Y from 'yjs';
import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import { encodeLagret, encodeTilstand } from '#lib/collab/messages.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { Logger } from '#lib/server/log.ts';
import type { AppendDoc, AppendResult } from '#lib/server/queries/collab-append.ts';
import type { CollabDoc } from '#lib/server/queries/collab.ts';
import { derive, isCleanUp, weigh, type Derived, type Item, type UpdateItem } from './batch.ts';
import type { Connection } from './connection.ts';
import { GAPS_BEFORE_STEP2, QUEUE_BYTES } from './limits.ts';
import { Presence } from './presence.ts';
import type { Store } from './store.ts';
import { checkUpdate, type Accepted } from './validate/check.ts';
import { DocMeter } from './validate/meter.ts';
import type { Fault } from './validate/refusal.ts';
import * as wire from './wire.ts';

/** What a batch in flight was made of. */
type Flight = { items: Item[]; rows: Derived[]; after: Item[] };

/**
 * `loading`: being (re)built from the log; nothing is handled. `ready`: the Y.Doc is committed state. `flying`: the Y.Doc
 * holds one batch that is not committed yet. `dead`: unloaded, or its log is broken.
 */
type Phase = 'loading' | 'ready' | 'flying' | 'dead';

const CODE_OF: Record<Exclude<Fault, 'gap'>, CloseCode> = {
	invalid: CLOSE.invalid,
	tooLarge: CLOSE.tooLarge,
	tooMany: CLOSE.tooLarge,
	tooDeep: CLOSE.tooLarge
};

/**
 * One document and those who are in it: an actor. Messages wait raw in its queue; one batch at a time is applied, committed,
 * and only then broadcast and acknowledged (collab.md, «The write path»). On anything but `ok` it is rebuilt from the log, and
 * the raw messages are applied again: what had committed yields no delta then, and is acknowledged.
 */
export class Room {
	readonly id: string;
	readonly connections = new Set<Connection>();
	readonly presence = new Presence();
	phase: Phase = 'loading';
	/** Undefined until the first load has ended; then the last known row of collab_doc. */
	head: CollabDoc | undefined;
	doc = new Y.Doc({ gc: false });
	private meter = new DocMeter(this.doc);
	/** Which person each clientID belongs to, as far as this room knows; the database has the last word. */
	private owners = new Map<number, string>();
	private queue: Item[] = [];
	/** What the queue weighs, in bytes. */
	private queued = 0;
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

	get idle(): boolean {
		return this.connections.size === 0 && this.queue.length === 0 && this.phase === 'ready';
	}

	get unacknowledged(): boolean {
		return this.phase !== 'dead' && (this.queue.length > 0 || this.flight !== undefined);
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
		for (const row of loaded.missed) this.broadcast(wire.update(row.upd), undefined);
		if (before && before.state !== this.head.state) this.tellState();
		this.pauseIfFull();
		if (this.queue.length > 0) this.wake(this);
	}

	/** Takes in a connection; its handshake waits its turn like everything else. */
	join(conn: Connection): void {
		this.connections.add(conn);
		conn.awaitingStep2 = true;
		this.push({ kind: 'join', conn });
	}

	/** Puts a message into the raw queue. */
	push(item: Item): void {
		if (this.phase === 'dead') return;
		this.queue.push(item);
		this.queued += weigh(item);
		if (this.queued > QUEUE_BYTES) this.pauseIfFull();
		this.wake(this);
	}

	/** Forgets a connection that has gone. What it had sent is still committed. */
	leave(conn: Connection): void {
		if (!this.connections.delete(conn)) return;
		const frame = this.presence.leave(conn);
		if (frame) this.relayPresence(frame, conn);
	}

	relayPresence(frame: Uint8Array, from: Connection): void {
		for (const conn of this.connections) if (conn !== from && conn.synced) conn.sendIfQuick(frame);
	}

	ownerOf(clientId: number): string | undefined {
		return this.owners.get(clientId);
	}

	noteOwner(clientId: number, userId: string): void {
		this.owners.set(clientId, userId);
	}

	/** Applies what waits and returns what is to be committed; undefined when there is nothing, or it is not this room's turn. */
	take(): AppendDoc | undefined {
		const { head } = this;
		if (this.phase !== 'ready' || !head || this.queue.length === 0) return undefined;
		const items = this.queue;
		this.queue = [];
		this.queued = 0;
		const updates = items.filter((item): item is UpdateItem => item.kind === 'update');
		const after = items.filter((item) => item.kind !== 'update');
		if (head.state === 'final' || head.state === 'cancelled') this.refuseFinal(updates);
		if (this.holding) {
			// Finalizing: who joins is served, updates and their acknowledgements wait.
			this.answer(after.filter((item) => item.kind !== 'lagre'));
			this.requeue(items.filter((item) => item.kind === 'update' || item.kind === 'lagre'));
			return undefined;
		}
		const takesEdits = head.state === 'open' || head.state === 'closing';
		const rows = takesEdits ? this.deriveOrRebuild(updates, items) : [];
		if (!rows) return undefined;
		if (rows.length === 0) {
			this.answer(after);
			this.pauseIfFull();
			if (this.queue.length > 0) this.wake(this);
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
		this.requeue(flight.items);
		this.unknowns = result ? 0 : this.unknowns + 1;
		if (result?.outcome === 'refused') {
			for (const place of result.refused) {
				const forger = flight.rows[place]?.conn;
				if (forger) this.refuse(forger, CLOSE.forgedAuthorship, this.queue);
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
		for (const conn of new Set([...this.connections, ...this.queue.map((item) => item.conn)])) {
			const admission = await this.store.readmit(this.id, conn.rights.okt.hash);
			if (conn.refused) continue;
			if (admission.ok) conn.rights = admission.rights;
			else this.refuse(conn, admission.code, this.queue);
		}
	}

	/** Takes note of the truth as the poll found it. */
	async follow(truth: Pick<CollabDoc, 'epoch' | 'state' | 'headSeq' | 'accessVersion'>): Promise<void> {
		const { head } = this;
		if (this.phase !== 'ready' || !head) return;
		// What the poll has read may be older than what this room has committed since.
		const moved = truth.headSeq > head.headSeq || truth.epoch !== head.epoch || truth.state !== head.state;
		const accessChanged = [...this.connections].some((conn) => conn.rights.accessVersion < truth.accessVersion);
		if (accessChanged) await this.load(() => this.redecide());
		else if (moved) await this.load();
	}

	/** Ends the room; every socket is closed with this code. */
	die(code: CloseCode): void {
		this.phase = 'dead';
		for (const conn of this.connections) conn.close(code);
		this.connections.clear();
	}

	/** As `deriveAll`. Should an update ever do to Yjs what the checks let through, its author is refused and the room rebuilt. */
	private deriveOrRebuild(updates: UpdateItem[], items: Item[]): Derived[] | undefined {
		try {
			return this.deriveAll(updates);
		} catch (error) {
			if (!(error instanceof Poisoned)) throw error;
			this.log.error({ docId: this.id, err: error.cause ?? error }, 'an accepted update could not be applied');
			this.requeue(items);
			this.refuse(error.conn, CLOSE.invalid, items);
			void this.load();
			return undefined;
		}
	}

	private deriveAll(updates: UpdateItem[]): Derived[] {
		const byConnection = Map.groupBy(updates, (item) => item.conn);
		const rows: Derived[] = [];
		for (const [conn, items] of byConnection) {
			const state = {
				doc: this.doc,
				meter: this.meter,
				judge: (item: UpdateItem, accepted: Accepted) => this.judge(item, accepted, items),
				refuse: (item: UpdateItem, fault: Fault) => this.refuseFault(item, fault, items),
				taken: (item: UpdateItem) => this.explained(item)
			};
			try {
				for (const derived of derive(state, conn, items)) {
					this.meter.note(derived.row.upd.length, derived.newNodes);
					rows.push(derived);
				}
			} catch (error) {
				throw new Poisoned(conn, error);
			}
			const { pendingStructs, pendingDs } = this.doc.store;
			if (pendingStructs !== null || pendingDs !== null) throw new Poisoned(conn, undefined);
		}
		return rows;
	}

	/** Authorship and rights: the last word before an update is applied. */
	private judge(item: UpdateItem, accepted: Accepted, items: UpdateItem[]): boolean {
		const { conn } = item;
		if (!conn.rights.canWrite) {
			if (isCleanUp(this.doc, item.bytes, accepted)) return false;
			this.refuse(conn, CLOSE.noAccess, from(items, item));
			return false;
		}
		for (const client of accepted.newClients) {
			const owner = this.owners.get(client);
			if (owner === conn.userId) continue;
			if (owner !== undefined || !conn.takesNewClient(client)) {
				this.refuse(conn, CLOSE.forgedAuthorship, from(items, item));
				return false;
			}
			conn.newClients.add(client);
		}
		return true;
	}

	private explained({ conn, step2 }: UpdateItem): void {
		if (!step2) return;
		conn.awaitingStep2 = false;
		conn.gapped = false;
		if (conn.heldLagre === undefined) return;
		this.queue.push({ kind: 'lagre', conn, v: conn.heldLagre });
		conn.heldLagre = undefined;
	}

	private refuseFault(item: UpdateItem, fault: Fault, items: UpdateItem[]): void {
		if (fault === 'gap') this.dropGap(item.conn, item.step2, from(items, item));
		else this.refuse(item.conn, CODE_OF[fault], from(items, item));
	}

	/** A gap is dropped and asked about once; when it recurs, the connection ends. Never acknowledged either way. */
	private dropGap(conn: Connection, step2: boolean, lost: readonly Item[]): void {
		conn.gapped = true;
		conn.gaps += 1;
		// What was written offline comes with the SyncStep2; what is typed before that arrives cannot be placed yet.
		if (conn.awaitingStep2 && !step2 && conn.gaps < GAPS_BEFORE_STEP2) return;
		if (step2 || conn.askedAgain) return this.refuse(conn, CLOSE.invalid, lost);
		conn.askedAgain = true;
		conn.awaitingStep2 = true;
		this.queue.push({ kind: 'ask', conn });
	}

	/**
	 * Writes to a finished document: its readers' clean-ups are dropped silently, all else is refused with 4423. What is typed before the
	 * answer to the handshake waits for that: it holds all that was written, to be kept for its author.
	 */
	private refuseFinal(updates: UpdateItem[]): void {
		for (const item of updates) {
			if (item.conn.awaitingStep2 && !item.step2) {
				item.conn.gapped = true;
				continue;
			}
			const accepted = checkUpdate(this.doc, item.update, this.meter);
			if (accepted.ok && (accepted.noop || isCleanUp(this.doc, item.bytes, accepted))) this.explained(item);
			else this.refuse(item.conn, CLOSE.final, from(updates, item));
		}
	}

	/** Ends a connection whose frame could not be read; the update in it, if it was one, is kept for its author too. */
	refuseFrame(conn: Connection, code: CloseCode, upd: Uint8Array | undefined): void {
		if (conn.refused) return;
		if (upd) void this.store.keepRejected(this.id, conn.userId, code, [{ bytes: upd }]);
		this.refuse(conn, code, this.queue);
	}

	/** Closes a connection for what it sent, and keeps what of it is not committed for its author. */
	private refuse(conn: Connection, code: CloseCode, items: readonly Item[]): void {
		if (conn.refused) return;
		conn.refused = true;
		this.log.info({ docId: this.id, userId: conn.userId, code }, 'refused');
		conn.close(code);
		// What only deletes holds no text to give back; the answer to a handshake is of that kind.
		const lost = items.filter(
			(item): item is UpdateItem => item.kind === 'update' && item.conn === conn && item.update.sections.length > 0
		);
		void this.store.keepRejected(this.id, conn.userId, code, lost);
		this.queue = this.queue.filter((item) => item.conn !== conn);
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
			this.broadcast(wire.update(row.upd), conn);
		}
		this.answer(flight.after);
		this.pauseIfFull();
		if (this.queue.length > 0) this.wake(this);
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
				if (!conn.synced) this.welcome(conn);
			} else if (item.kind === 'gap') {
				this.dropGap(conn, item.step2, []);
			} else if (item.kind === 'lagre') {
				// Held until its missing part has come: LAGRET never covers a gap.
				if (conn.gapped) conn.heldLagre = item.v;
				else conn.send(encodeLagret(item.v, this.head?.headSeq ?? 0, at));
			}
		}
	}

	private welcome(conn: Connection): void {
		conn.synced = true;
		const all = this.presence.all();
		if (all) conn.send(all);
		if (conn.handshake.lagre && this.head) conn.send(encodeTilstand(this.head.state));
	}

	private tellState(): void {
		if (!this.head) return;
		const frame = encodeTilstand(this.head.state);
		for (const conn of this.connections) if (conn.synced && conn.handshake.lagre) conn.send(frame);
	}

	private broadcast(frame: Uint8Array, from: Connection | undefined): void {
		for (const conn of this.connections) if (conn !== from && conn.synced) conn.send(frame);
	}

	/** Puts items back in front of the queue; what a refused connection sent is not tried again. */
	private requeue(items: Item[]): void {
		this.queue = [...items, ...this.queue].filter((item) => !item.conn.refused);
		this.queued = this.queue.reduce((sum, item) => sum + weigh(item), 0);
	}

	private pauseIfFull(): void {
		const full = this.queued > QUEUE_BYTES;
		for (const conn of this.connections) conn.pause(full);
	}
}

/** Yjs itself could not take what the checks let through. */
class Poisoned extends Error {
	readonly conn: Connection;

	constructor(conn: Connection, cause: unknown) {
		super('poisoned', { cause });
		this.conn = conn;
	}
}

/** This item and what came after it. */
function from<T>(items: readonly T[], item: T): T[] {
	return items.slice(items.indexOf(item));
}
