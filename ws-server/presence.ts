import type { Connection } from './connection.ts';
import type { AwarenessEntry } from './validate/frames.ts';
import type { PresenceEntry } from './wire.ts';

/** Where somebody shows themselves: through a connection of this node, or on the node of this id. */
type Where = Connection | string;
type Present = PresenceEntry & { where: Where; userId: string; heard: number; at: number };

/** A cursor as y-tiptap writes it: two relative positions. Larger ones are nobody's cursor. */
const CURSOR_CHARS = 1024;

/**
 * Who is in a document. Relays of each connection only its own bound clientID, with name and colour from the session: identity
 * in what a client says is never believed (collab.md, «Facts»). Clocks are this class's own, and only grow, over nodes and connections:
 * a client that has come back would otherwise not be seen again by those who heard that it had gone.
 */
export class Presence {
	private readonly present = new Map<number, Present>();
	/** The last clock that was told of each clientID, of those who have gone too. */
	private readonly clocks = new Map<number, number>();

	/** Whether another connection that is still here shows itself under this clientID. */
	isTaken(clientId: number, by: Connection): boolean {
		const other = this.present.get(clientId);
		if (other === undefined || other.where === by || other.userId === by.userId) return false;
		return typeof other.where === 'string' || !other.where.closed;
	}

	/** Takes in what a connection says of itself, at this time; returns what to tell the others, if there is news. */
	note(conn: Connection, entry: AwarenessEntry, at: number): PresenceEntry | undefined {
		const { clientId, clock: heard } = entry;
		const before = this.present.get(clientId);
		if (before?.where === conn && (heard < before.heard || (heard === before.heard && entry.state !== null)))
			return undefined;
		const clock = this.nextClock(clientId, heard);
		if (entry.state === null) return this.gone(clientId, clock);
		const { actor } = conn.rights;
		const user = { id: actor.brukerId, navn: actor.navn, name: actor.navn, farge: actor.farge };
		const cursor = cursorOf(entry.state['cursor']);
		const state = cursor === undefined ? { user } : { user, cursor };
		return this.shows({ clientId, clock, state, where: conn, userId: actor.brukerId, heard, at });
	}

	/** Takes in what another node says at this time; returns what to tell those who are here, if there is news. Who is here is known better here. */
	hear(node: string, { clientId, clock, state }: PresenceEntry, at: number): PresenceEntry | undefined {
		const before = this.present.get(clientId);
		if (before && typeof before.where !== 'string' && !before.where.closed) return undefined;
		if (clock <= (this.clocks.get(clientId) ?? 0)) return undefined;
		if (state === null) return before?.where === node ? this.gone(clientId, clock) : undefined;
		return this.shows({ clientId, clock, state, where: node, userId: state.user.id, heard: clock, at });
	}

	/** Everybody, for one who joins or asks. */
	all(): PresenceEntry[] {
		return [...this.present.values()].map(told);
	}

	/** Those who are here through this node, for another one. */
	own(): PresenceEntry[] {
		return [...this.present.values()].filter(({ where }) => typeof where !== 'string').map(told);
	}

	/** Forgets a connection or a node that has gone; returns what tells the others. */
	leave(where: Where): PresenceEntry[] {
		return this.forget((entry) => entry.where === where);
	}

	/** Forgets those on other nodes who have not been heard of since; clients show themselves anew every 15 s. */
	forgetSilent(since: number): PresenceEntry[] {
		return this.forget(({ where, at }) => typeof where === 'string' && at < since);
	}

	private forget(which: (entry: Present) => boolean): PresenceEntry[] {
		return [...this.present.values()].flatMap((entry) =>
			which(entry) ? [this.gone(entry.clientId, this.nextClock(entry.clientId, entry.clock))] : []
		);
	}

	private nextClock(clientId: number, heard: number): number {
		// A client takes no notice of the clock 0.
		return Math.max(heard, (this.clocks.get(clientId) ?? 0) + 1);
	}

	private shows(entry: Present): PresenceEntry {
		this.present.set(entry.clientId, entry);
		this.clocks.set(entry.clientId, entry.clock);
		return told(entry);
	}

	private gone(clientId: number, clock: number): PresenceEntry {
		this.present.delete(clientId);
		this.clocks.set(clientId, clock);
		return { clientId, clock, state: null };
	}
}

/** What others may be told of it: no more than that leaves this process. */
function told({ clientId, clock, state }: Present): PresenceEntry {
	return { clientId, clock, state };
}

function cursorOf(value: unknown): unknown {
	if (value === null) return null;
	if (typeof value !== 'object' || !('anchor' in value) || !('head' in value)) return undefined;
	const { anchor, head } = value;
	if (typeof anchor !== 'object' || typeof head !== 'object') return undefined;
	const cursor = { anchor, head };
	return JSON.stringify(cursor).length <= CURSOR_CHARS ? cursor : undefined;
}
