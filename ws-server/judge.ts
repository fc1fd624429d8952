import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import { derive, isCleanUp, type Derived } from './batch.ts';
import type { Connection } from './connection.ts';
import { GAPS_BEFORE_STEP2 } from './limits.ts';
import type { Item, UpdateItem } from './queue.ts';
import type { Replica } from './replica.ts';
import { checkUpdate, type Accepted } from './validate/check.ts';
import type { Fault } from './validate/refusal.ts';

const CODE_OF: Record<Exclude<Fault, 'gap'>, CloseCode> = {
	invalid: CLOSE.invalid,
	tooLarge: CLOSE.tooLarge,
	tooMany: CLOSE.tooLarge,
	tooDeep: CLOSE.tooLarge
};

/** What a room knows, and how it acts on what is found, while what was sent is judged. */
export type Court = {
	replica: Pick<Replica, 'doc' | 'typing' | 'meter' | 'owners'>;
	/** Throws `Unsure` unless the document had all that was committed when this came. */
	ascertain: (item: UpdateItem) => void;
	/** Closes a connection for what it sent; `lost` is kept for its author. */
	refuse: (conn: Connection, code: CloseCode, lost: readonly Item[]) => void;
	/** Has something done in the room's next turn. */
	later: (item: Item) => void;
};

/** Yjs itself could not take what the checks let through. */
export class Poisoned extends Error {
	readonly conn: Connection;

	constructor(conn: Connection, cause: unknown) {
		super('poisoned', { cause });
		this.conn = conn;
	}
}

/** It must first be seen whether another node has written what this builds on: what cannot be taken back is not done on a guess. */
export class Unsure extends Error {}

/** Applies what may be taken in, and returns the rows that it makes; the rest is dropped or refused. Throws `Poisoned` and `Unsure`. */
export function deriveAll(court: Court, updates: UpdateItem[]): Derived[] {
	const { replica } = court;
	const byConnection = Map.groupBy(updates, (item) => item.conn);
	const rows: Derived[] = [];
	for (const [conn, items] of byConnection) {
		const state = {
			replica,
			isBound: (client: number) => replica.owners.get(client) === conn.userId,
			judge: (item: UpdateItem, accepted: Accepted) => judge(court, item, accepted, items),
			refuse: (item: UpdateItem, fault: Fault) => refuseFault(court, item, fault, items),
			taken: (item: UpdateItem) => explained(court, item)
		};
		const start = performance.now();
		try {
			rows.push(...derive(state, conn, items));
		} catch (error) {
			throw error instanceof Unsure ? error : new Poisoned(conn, error);
		} finally {
			conn.charge(performance.now() - start);
		}
	}
	return rows;
}

/**
 * Writes to a finished document: its readers' clean-ups are dropped silently, all else is refused with 4423. What is typed before the
 * answer to the handshake waits for that: it holds all that was written, to be kept for its author.
 */
export function refuseFinal(court: Court, updates: UpdateItem[]): void {
	for (const item of updates) {
		if (item.conn.awaitingStep2 && !item.step2) {
			item.conn.gapped = true;
			continue;
		}
		const accepted = checkUpdate(court.replica.doc, item.update, court.replica.meter);
		if (accepted.ok && (accepted.noop || isCleanUp(court.replica.doc, item.bytes, accepted))) explained(court, item);
		else court.refuse(item.conn, CLOSE.final, from(updates, item));
	}
}

/** A gap is dropped and asked about once; when it recurs, the connection ends. Never acknowledged either way. */
export function dropGap(court: Court, conn: Connection, step2: boolean, lost: readonly Item[]): void {
	conn.gapped = true;
	conn.gaps += 1;
	if (isExplainedLater(conn, step2)) return;
	if (step2 || conn.askedAgain) return court.refuse(conn, CLOSE.invalid, lost);
	conn.askedAgain = true;
	conn.awaitingStep2 = true;
	court.later({ kind: 'ask', conn });
}

/** What was written offline comes with the SyncStep2; what is typed before that arrives cannot be placed yet. */
function isExplainedLater(conn: Connection, step2: boolean): boolean {
	return conn.awaitingStep2 && !step2 && conn.gaps < GAPS_BEFORE_STEP2;
}

/** Authorship and rights: the last word before an update is applied. */
function judge(court: Court, item: UpdateItem, accepted: Accepted, items: UpdateItem[]): boolean {
	const { conn } = item;
	if (!conn.rights.canWrite) {
		if (isCleanUp(court.replica.doc, item.bytes, accepted)) return false;
		court.refuse(conn, CLOSE.noAccess, from(items, item));
		return false;
	}
	for (const client of accepted.newClients) {
		const owner = court.replica.owners.get(client);
		if (owner === conn.userId) continue;
		if (owner !== undefined || !conn.takesNewClient(client)) {
			court.ascertain(item);
			court.refuse(conn, CLOSE.forgedAuthorship, from(items, item));
			return false;
		}
		conn.newClients.add(client);
	}
	return true;
}

function refuseFault(court: Court, item: UpdateItem, fault: Fault, items: UpdateItem[]): void {
	if (fault === 'gap') {
		if (!isExplainedLater(item.conn, item.step2)) court.ascertain(item);
		dropGap(court, item.conn, item.step2, from(items, item));
	} else court.refuse(item.conn, CODE_OF[fault], from(items, item));
}

/** The answer to a handshake explains every gap before it: what was held for that can be acknowledged. */
function explained({ later }: Court, { conn, step2 }: UpdateItem): void {
	if (!step2) return;
	conn.awaitingStep2 = false;
	conn.gapped = false;
	if (conn.heldLagre === undefined) return;
	later({ kind: 'lagre', conn, v: conn.heldLagre });
	conn.heldLagre = undefined;
}

/** This item and what came after it. */
function from<T>(items: readonly T[], item: T): T[] {
	return items.slice(items.indexOf(item));
}
