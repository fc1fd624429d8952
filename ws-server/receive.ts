import { CLOSE } from '#lib/collab/close-codes.ts';
import type { Logger } from '#lib/server/log.ts';
import { bindClient } from '#lib/server/queries/collab.ts';
import type { Connection } from './connection.ts';
import type { Room } from './room.ts';
import type { Store } from './store.ts';
import { decodeUpdate } from './validate/decode.ts';
import { decodeAwareness, decodeFrame, decodeStateVector, type AwarenessEntry } from './validate/frames.ts';
import type { Fault, Refused } from './validate/refusal.ts';

/** What is done with each frame of a connection: judged by its form here, then handed to the room. */
export function receive(store: Store, log: Logger, room: Room, conn: Connection, bytes: Uint8Array): void {
	if (conn.closed) return;
	const start = performance.now();
	take(store, log, room, conn, bytes);
	conn.charge(performance.now() - start);
}

function take(store: Store, log: Logger, room: Room, conn: Connection, bytes: Uint8Array): void {
	const decoded = decodeFrame(bytes);
	if (!decoded.ok) return refuse(log, room, conn, decoded);
	const { frame } = decoded;
	switch (frame.kind) {
		case 'syncStep1': {
			const stateVector = decodeStateVector(frame.payload);
			if (!stateVector.ok) return refuse(log, room, conn, stateVector);
			return room.push({ kind: 'step1', conn, stateVector: frame.payload });
		}
		case 'syncStep2':
		case 'update': {
			const update = decodeUpdate(frame.payload);
			if (update.ok) {
				const step2 = frame.kind === 'syncStep2';
				return room.push({ kind: 'update', conn, bytes: frame.payload, update: update.update, step2 });
			}
			if (update.fault !== 'gap') return refuse(log, room, conn, update, frame.payload);
			return room.push({ kind: 'gap', conn, step2: frame.kind === 'syncStep2' });
		}
		case 'awareness': {
			const awareness = decodeAwareness(frame.payload);
			if (!awareness.ok) return refuse(log, room, conn, awareness);
			return notePresence(store, log, room, conn, awareness.entries);
		}
		case 'queryAwareness':
			return room.audience.sendPresence(conn);
		case 'lagre':
			return room.push({ kind: 'lagre', conn, v: frame.v });
	}
}

const TOO_LARGE: ReadonlySet<Fault> = new Set(['tooLarge', 'tooMany', 'tooDeep']);

function refuse(log: Logger, room: Room, conn: Connection, { fault, detail }: Refused, upd?: Uint8Array): void {
	log.info({ docId: room.id, detail }, 'unreadable frame');
	room.door.refuseFrame(conn, TOO_LARGE.has(fault) ? CLOSE.tooLarge : CLOSE.invalid, upd);
}

/** Foreign clientIDs are dropped silently: a stock client repeats those of others. */
function notePresence(store: Store, log: Logger, room: Room, conn: Connection, entries: AwarenessEntry[]): void {
	if (conn.presenceId === undefined) return bindPresence(store, log, room, conn, entries);
	const own = entries.find((entry) => entry.clientId === conn.presenceId);
	if (own) room.audience.show(conn, own);
}

/** A connection's presence is the one clientID of its first frame that names exactly one, bound before anybody hears of it. */
function bindPresence(store: Store, log: Logger, room: Room, conn: Connection, entries: AwarenessEntry[]): void {
	const [entry, ...others] = entries;
	if (!entry || others.length > 0) return;
	if (conn.bindingPresence) {
		if (conn.bindingPresence.clientId === entry.clientId) conn.bindingPresence = entry;
		return;
	}
	if (room.audience.isTaken(entry.clientId, conn)) return;
	const owner = room.replica.owners.get(entry.clientId);
	if (owner === undefined ? !conn.takesNewClient(entry.clientId) : owner !== conn.userId) return;
	conn.bindingPresence = entry;
	bindClient(store.db, room.id, entry.clientId, conn.userId)
		.then((bound) => {
			if (bound === undefined) return;
			room.replica.owners.set(entry.clientId, bound);
			if (bound !== conn.userId || conn.closed) return;
			if (owner === undefined) conn.newClients.add(entry.clientId);
			conn.presenceId = entry.clientId;
			room.audience.show(conn, conn.bindingPresence ?? entry);
		})
		.catch((error: unknown) => log.warn({ err: error, docId: room.id }, 'presence not bound'))
		.finally(() => {
			conn.bindingPresence = undefined;
		});
}
