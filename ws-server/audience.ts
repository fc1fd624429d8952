import type { CloseCode } from '#lib/collab/close-codes.ts';
import { encodeTilstand, type DocState } from '#lib/collab/messages.ts';
import type { Derived } from './batch.ts';
import type { Connection } from './connection.ts';
import type { Peers } from './peers.ts';
import { Presence } from './presence.ts';
import type { AwarenessEntry } from './validate/frames.ts';
import * as wire from './wire.ts';
import type { PresenceEntry } from './wire.ts';

/** Those who are in a room, what all of them are told, and what is told of them on other nodes. */
export class Audience {
	readonly connections = new Set<Connection>();
	private readonly presence = new Presence();
	private readonly docId: string;
	private readonly peers: Peers;
	private readonly now: () => number;

	private readonly resync: (conn: Connection) => void;
	private readonly isWriting: () => boolean;
	/** Where people are in text that is not committed yet, by clientID: a cursor is not told of before what it stands in. */
	private readonly held = new Map<number, { news: PresenceEntry; from: Connection }>();

	/**
	 * @param resync asks for a slow reader to be sent what it has missed
	 * @param isWriting whether something waits to be committed
	 * @param now milliseconds
	 */
	constructor(
		docId: string,
		peers: Peers,
		of: { resync: (conn: Connection) => void; isWriting: () => boolean; now: () => number }
	) {
		this.docId = docId;
		this.peers = peers;
		this.resync = of.resync;
		this.isWriting = of.isWriting;
		this.now = of.now;
	}

	/** Forgets a connection that has gone, and tells the others. What it had sent is still committed. */
	remove(conn: Connection): void {
		if (this.connections.delete(conn)) this.announce(this.presence.leave(conn), conn);
	}

	/** Whether another connection that is still here shows itself under this clientID. */
	isTaken(clientId: number, by: Connection): boolean {
		return this.presence.isTaken(clientId, by);
	}

	/** Somebody shows themselves under their own clientID, and where they are: told to all who are in the document. */
	show(conn: Connection, entry: AwarenessEntry): void {
		const news = this.presence.note(conn, entry, this.now());
		if (news?.state && this.isWriting()) this.held.set(news.clientId, { news, from: conn });
		else if (news) this.announce([news], conn);
	}

	/** What people have written is committed, or nothing has come of it: now it is told where they are. */
	tellHeld(): void {
		if (this.held.size === 0) return;
		const held = [...this.held.values()];
		this.held.clear();
		for (const { news, from } of held) this.announce([news], from);
	}

	/** Tells one who is here who else is. */
	sendPresence(conn: Connection): void {
		const all = this.presence.all();
		if (all.length > 0 && conn.synced) conn.send(wire.awareness(all));
	}

	/** Who is here through this node. */
	ownPresence(): PresenceEntry[] {
		return this.presence.own();
	}

	/** Another node tells of one who is in the document there. */
	hearPresence(node: string, entry: PresenceEntry): void {
		const news = this.presence.hear(node, entry, this.now());
		if (news) this.relay([news]);
	}

	/** A node has gone, or has closed the document: so has everybody who was in it there. */
	forgetNode(node: string): void {
		this.relay(this.presence.leave(node));
	}

	/** Forgets those on other nodes who have not been heard of since. */
	forgetSilent(sinceMs: number): void {
		this.relay(this.presence.forgetSilent(sinceMs));
	}

	/** One who has got the document hears of everything from now on. */
	welcome(conn: Connection, state: DocState | undefined): void {
		conn.synced = true;
		this.sendPresence(conn);
		if (conn.handshake.lagre && state !== undefined) conn.send(encodeTilstand(state));
	}

	tellState(state: DocState): void {
		const frame = encodeTilstand(state);
		for (const conn of this.connections) if (conn.synced && conn.handshake.lagre) conn.send(frame);
	}

	/** Tells of committed rows, all but the one who wrote each. */
	tellRows(rows: readonly { upd: Uint8Array; from?: Connection }[]): void {
		for (const { upd, from } of rows)
			for (const conn of this.connections)
				if (conn !== from && conn.synced) conn.sendUpdate(upd, () => this.resync(conn));
	}

	/** Tells of a batch, of where its authors are now, and what else there is to say, to each in one piece. */
	tellCommitted(rows: readonly Derived[], sayMore: () => void): void {
		for (const conn of this.connections) conn.gather();
		this.tellRows(rows.map(({ row, conn }) => ({ upd: row.upd, from: conn })));
		this.tellHeld();
		sayMore();
		for (const conn of this.connections) conn.release();
	}

	/** Stops or resumes reading from the sockets. */
	pause(on: boolean): void {
		for (const conn of this.connections) conn.pause(on);
	}

	closeAll(code: CloseCode): void {
		for (const conn of this.connections) conn.close(code);
		this.connections.clear();
	}

	private announce(entries: readonly PresenceEntry[], from: Connection): void {
		for (const { clientId } of entries) this.held.delete(clientId);
		this.relay(entries, from);
		this.peers.present(this.docId, entries);
	}

	private relay(entries: readonly PresenceEntry[], from?: Connection): void {
		if (entries.length === 0) return;
		const frame = wire.awareness(entries);
		for (const conn of this.connections) if (conn !== from && conn.synced) conn.sendIfQuick(frame);
	}
}
