import type { Connection } from './connection.ts';
import type { AwarenessEntry } from './validate/frames.ts';
import type { PresenceEntry } from './wire.ts';
import * as wire from './wire.ts';

type Present = PresenceEntry & { conn: Connection };

/** A cursor as y-tiptap writes it: two relative positions. Larger ones are nobody's cursor. */
const CURSOR_CHARS = 1024;

/**
 * Who is in a room. Relays of each connection only its own bound clientID, with name and colour from the session: identity
 * in what a client says is never believed (collab.md, «Facts»).
 */
export class Presence {
	private readonly present = new Map<number, Present>();

	/** Whether another connection that is still here shows itself under this clientID. */
	isTaken(clientId: number, by: Connection): boolean {
		const other = this.present.get(clientId);
		return other !== undefined && other.conn !== by && !other.conn.closed && other.conn.userId !== by.userId;
	}

	/** Takes in what a connection says of itself; returns the frame to relay, if there is news. */
	note(conn: Connection, entry: AwarenessEntry): Uint8Array | undefined {
		const before = this.present.get(entry.clientId);
		if (before && before.conn === conn && entry.clock < before.clock) return undefined;
		const clock = before ? Math.max(entry.clock, before.conn === conn ? 0 : before.clock + 1) : entry.clock;
		if (entry.state === null) {
			this.present.delete(entry.clientId);
			return wire.awareness([{ clientId: entry.clientId, clock, json: 'null' }]);
		}
		const { actor } = conn.rights;
		const user = { id: actor.brukerId, navn: actor.navn, name: actor.navn, farge: actor.farge };
		const cursor = cursorOf(entry.state['cursor']);
		const json = JSON.stringify(cursor === undefined ? { user } : { user, cursor });
		const now = { clientId: entry.clientId, clock, json, conn };
		this.present.set(entry.clientId, now);
		return wire.awareness([now]);
	}

	/** Everybody, for one who joins or asks. */
	all(): Uint8Array | undefined {
		return this.present.size > 0 ? wire.awareness([...this.present.values()]) : undefined;
	}

	/** Forgets a connection that has gone; returns the frame that tells the others. */
	leave(conn: Connection): Uint8Array | undefined {
		const own = [...this.present.values()].filter((entry) => entry.conn === conn);
		for (const entry of own) this.present.delete(entry.clientId);
		return own.length > 0
			? wire.awareness(own.map(({ clientId, clock }) => ({ clientId, clock: clock + 1, json: 'null' })))
			: undefined;
	}
}

function cursorOf(value: unknown): unknown {
	if (value === null) return null;
	if (typeof value !== 'object' || !('anchor' in value) || !('head' in value)) return undefined;
	const { anchor, head } = value;
	if (typeof anchor !== 'object' || typeof head !== 'object') return undefined;
	const cursor = { anchor, head };
	return JSON.stringify(cursor).length <= CURSOR_CHARS ? cursor : undefined;
}
