import * as Y from 'yjs';
import { canonicalJson, toJson } from '#lib/collab/render.ts';
import { ROOTS } from '#lib/collab/schema.ts';
import type { AppendRow } from '#lib/server/queries/collab-append.ts';
import type { Connection } from './connection.ts';
import type { UpdateItem } from './queue.ts';
import type { Accepted } from './validate/check.ts';
import { checkUpdate } from './validate/check.ts';
import type { DocMeter } from './validate/meter.ts';
import type { Fault } from './validate/refusal.ts';

/** One row to append, with the connection that wrote it. */
export type Derived = { row: AppendRow; conn: Connection; newNodes: number };

/** What the room knows and decides while a batch is derived. */
export type Deriving = {
	doc: Y.Doc;
	meter: DocMeter;
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
	let rest = items;
	while (rest.length > 0) {
		const { derived, left } = deriveSome(state, conn, rest);
		if (derived) rows.push(derived);
		rest = left;
	}
	return rows;
}

/** Takes items in one transact until one that may be a clean-up comes up; that one is taken alone. */
function deriveSome(
	state: Deriving,
	conn: Connection,
	items: UpdateItem[]
): { derived: Derived | undefined; left: UpdateItem[] } {
	const { doc } = state;
	const clients = new Set<number>();
	let newNodes = 0;
	let next = 0;
	let cleanUp: { before: string } | undefined;
	const applied: { bytes: Uint8Array; isOneText: boolean }[] = [];
	const delta = emitted(doc, conn, () => {
		for (; next < items.length && !conn.refused && !cleanUp; next++) {
			const item = items[next] as UpdateItem;
			const accepted = checkUpdate(doc, item.update, state.meter);
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
			applied.push({ bytes: item.bytes, isOneText: accepted.isOneText });
			state.taken(item);
			for (const client of accepted.newClients) if (!state.isBound(client)) clients.add(client);
			newNodes += accepted.newNodes;
		}
		const [only, ...others] = applied;
		return only?.isOneText && others.length === 0 ? only.bytes : undefined;
	});
	const left = conn.refused ? [] : items.slice(next);
	if (!delta) return { derived: undefined, left };
	const { rights } = conn;
	return {
		derived: {
			conn,
			newNodes,
			row: {
				userId: rights.actor.brukerId,
				sessionId: rights.okt.id,
				connId: conn.id,
				access: rights.accessVersion,
				kind: cleanUp && cleanUp.before === rendering(doc) ? 'normalise' : 'edit',
				upd: delta,
				clients: [...clients]
			}
		},
		left
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
	emitted(trial, undefined, () => void Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc)));
	const before = rendering(trial);
	emitted(trial, undefined, () => void Y.applyUpdate(trial, bytes));
	return rendering(trial) === before;
}

/** What both parts look like to people. */
export function rendering(doc: Y.Doc): string {
	return canonicalJson(ROOTS.map((root) => toJson(doc, root)));
}

/**
 * Runs `work` in one transact and returns the update that it made, if it changed anything. What `work` returns is that update, as it knows: most
 * transacts take in one key, and what they make is what came.
 */
function emitted(doc: Y.Doc, origin: unknown, work: () => Uint8Array | undefined): Uint8Array | undefined {
	let delta: Uint8Array | undefined;
	const listen = (update: Uint8Array) => {
		delta = update;
	};
	try {
		doc.transact((tr) => {
			delta = work();
			// Yjs makes the update at the end, and only for those who listen then.
			if (!delta) doc.on('update', listen);
			// Keeps the server's replica from making clean-up edits of its own.
			tr.local = true;
		}, origin);
	} finally {
		doc.off('update', listen);
	}
	return delta;
}
