import * as Y from 'yjs';
import { canonicalJson, toJson } from '#lib/collab/render.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { AppendRow } from '#lib/server/queries/collab-append.ts';
import type { Connection } from './connection.ts';
import type { UpdateItem } from './queue.ts';
import type { Replica } from './replica.ts';
import type { Accepted } from './validate/check.ts';
import { checkUpdate } from './validate/check.ts';
import type { Fault } from './validate/refusal.ts';

/** One row to append, with the connection that wrote it. */
export type Derived = { row: AppendRow; conn: Connection };

/** What the room knows and decides while a batch is derived. */
export type Deriving = {
	replica: Pick<Replica, 'doc' | 'typing' | 'meter'>;
	/** The last word on an accepted update (clientIDs, rights); called before it is applied. */
	judge: (item: UpdateItem, accepted: Accepted) => boolean;
	/** Whether this clientID is known to be the person's own. */
	isBound: (clientId: number) => boolean;
	/** Told of every update that is not applied. */
	refuse: (item: UpdateItem, fault: Fault) => void;
	/** Told of an update that needs no gap any more. */
	taken: (item: UpdateItem) => void;
};

/**
 * Applies what one connection sent, in order, and returns the rows that this makes: one transact for all of it, but a
 * reader's clean-up (`normalise`) stands alone, so that people's log does not hide it in an edit, or an edit in it.
 */
export function derive(state: Deriving, conn: Connection, items: UpdateItem[]): Derived[] {
	const rows: Derived[] = [];
	const others = items.findIndex((item) => !typesOn(state, item));
	const keys = others < 0 ? items : items.slice(0, others);
	if (keys.length > 0) rows.push({ conn, row: rowOf(conn, 'edit', inOne(keys), []) });
	let rest = items.slice(keys.length);
	while (rest.length > 0) {
		const { derived, left } = deriveSome(state, conn, rest);
		if (derived) rows.push(derived);
		rest = left;
	}
	return rows;
}

/** One more key where its author types: that needs nobody's judgement but whether the author may write at all. */
function typesOn({ replica, isBound }: Deriving, { conn, update, step2 }: UpdateItem): boolean {
	const client = update.sections[0]?.client;
	if (step2 || conn.refused || !conn.rights.canWrite || client === undefined || !isBound(client)) return false;
	if (!replica.meter.surelyHasRoomForBytes(update.bytes.length) || !replica.typing.takes(update)) return false;
	replica.meter.note(update.bytes.length, 0);
	return true;
}

function inOne(keys: readonly UpdateItem[]): Uint8Array {
	const [only, ...others] = keys.map(({ bytes }) => bytes) as [Uint8Array, ...Uint8Array[]];
	return others.length > 0 ? Y.mergeUpdates([only, ...others]) : only;
}

/** Takes items in one transact until one that may be a clean-up comes up; that one is taken alone. */
function deriveSome(
	state: Deriving,
	conn: Connection,
	items: UpdateItem[]
): { derived: Derived | undefined; left: UpdateItem[] } {
	const { typing, meter, doc } = state.replica;
	const clients = new Set<number>();
	let next = 0;
	let cleanUp: { before: string } | undefined;
	const delta = emitted(doc, conn, () => {
		for (; next < items.length && !conn.refused && !cleanUp; next++) {
			const item = items[next] as UpdateItem;
			const accepted = checkUpdate(doc, item.update, meter);
			if (!accepted.ok) {
				state.refuse(item, accepted.fault);
				continue;
			}
			if (accepted.noop) {
				state.taken(item);
				continue;
			}
			if (mayBeCleanUp(accepted)) {
				if (next > 0) break;
				cleanUp = { before: rendering(doc) };
			}
			if (!state.judge(item, accepted)) continue;
			Y.applyUpdate(doc, item.bytes);
			typing.note(doc, item.update);
			meter.note(item.bytes.length, accepted.newNodes);
			state.taken(item);
			for (const client of accepted.newClients) if (!state.isBound(client)) clients.add(client);
		}
	});
	const left = conn.refused ? [] : items.slice(next);
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
		throw new Error('what was accepted cannot be placed');
	if (!delta) return { derived: undefined, left };
	const kind = cleanUp && cleanUp.before === rendering(doc) ? 'normalise' : 'edit';
	return { derived: { conn, row: rowOf(conn, kind, delta, [...clients]) }, left };
}

function rowOf({ id, rights }: Connection, kind: AppendRow['kind'], upd: Uint8Array, clients: number[]): AppendRow {
	return {
		...{ userId: rights.actor.brukerId, sessionId: rights.okt.id, connId: id, access: rights.accessVersion },
		...{ kind, upd, clients }
	};
}

/** Deletes only, and nothing that certainly shows: what readers do after overlapping formatting (collab.md, «Readers write»). */
export function mayBeCleanUp(accepted: Accepted): boolean {
	return accepted.deleteOnly && !accepted.deletesVisibleText;
}

/**
 * Whether an update that may not be taken in is a reader's clean-up, after which people see the same: then it may be dropped without
 * a word. Taking a mark away only deletes too, and somebody must be told that it came to nothing. Tried on a copy of the document.
 */
export function isCleanUp(doc: Y.Doc, bytes: Uint8Array, accepted: Accepted): boolean {
	if (!mayBeCleanUp(accepted)) return false;
	const trial = new Y.Doc({ gc: false });
	emitted(trial, undefined, () => Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc)));
	const before = rendering(trial);
	emitted(trial, undefined, () => Y.applyUpdate(trial, bytes));
	return rendering(trial) === before;
}

/** What both parts look like to people. */
export function rendering(doc: Y.Doc): string {
	return canonicalJson(ROOTS.map((root) => toJson(doc, root)));
}

/** Runs `work` in one transact and returns the update that it made, if it changed anything. */
function emitted(doc: Y.Doc, origin: unknown, work: () => void): Uint8Array | undefined {
	let delta: Uint8Array | undefined;
	const listen = (update: Uint8Array) => {
		delta = update;
	};
	doc.on('update', listen);
	try {
		doc.transact((tr) => {
			work();
			// Keeps the server's replica from making clean-up edits of its own.
			tr.local = true;
		}, origin);
	} finally {
		doc.off('update', listen);
	}
	return delta;
}
