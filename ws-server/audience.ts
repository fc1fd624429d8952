import type { CloseCode } from '#lib/collab/close-codes.ts';
import { encodeTilstand, type DocState } from '#lib/collab/messages.ts';
import type { Connection } from './connection.ts';
import { Presence } from './presence.ts';

/** Those who are in a room, and what all of them are told. */
export class Audience {
	readonly connections = new Set<Connection>();
	readonly presence = new Presence();

	/** Forgets a connection that has gone, and tells the others. */
	remove(conn: Connection): void {
		if (!this.connections.delete(conn)) return;
		const frame = this.presence.leave(conn);
		if (frame) this.relayPresence(frame, conn);
	}

	relayPresence(frame: Uint8Array, from: Connection): void {
		for (const conn of this.connections) if (conn !== from && conn.synced) conn.sendIfQuick(frame);
	}

	/** One who has got the document hears of everything from now on. */
	welcome(conn: Connection, state: DocState | undefined): void {
		conn.synced = true;
		const all = this.presence.all();
		if (all) conn.send(all);
		if (conn.handshake.lagre && state !== undefined) conn.send(encodeTilstand(state));
	}

	tellState(state: DocState): void {
		const frame = encodeTilstand(state);
		for (const conn of this.connections) if (conn.synced && conn.handshake.lagre) conn.send(frame);
	}

	/** Tells all but the one who wrote it. */
	broadcast(frame: Uint8Array, from: Connection | undefined): void {
		for (const conn of this.connections) if (conn !== from && conn.synced) conn.send(frame);
	}

	/** Stops or resumes reading from the sockets. */
	pause(on: boolean): void {
		for (const conn of this.connections) conn.pause(on);
	}

	closeAll(code: CloseCode): void {
		for (const conn of this.connections) conn.close(code);
		this.connections.clear();
	}
}
