import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { CLOSE, type CloseCode } from '#lib/collab/close-codes.ts';
import type { Handshake, Rights } from './admit.ts';
import * as wire from './wire.ts';
import type { Budget } from './budget.ts';
import type { AwarenessEntry } from './validate/frames.ts';
import { NEW_CLIENTS, NEW_CLIENTS_STOCK, REST_MS, SLOW_BYTES, TOO_SLOW_BYTES } from './limits.ts';

let numbers = 0;

/** One socket with its person. What is done with what it sends is the room's matter. */
export class Connection {
	readonly id = randomUUID();
	/** In the order in which they came to this process. */
	readonly number = (numbers += 1);
	readonly handshake: Handshake;
	rights: Rights;
	/** It has got its first SyncStep2: from then on it is sent every committed row. */
	synced = false;
	/** The server's SyncStep1 is not answered yet. */
	awaitingStep2 = false;
	/** Something that it sent builds on what is missing here; nothing is acknowledged until its SyncStep2 explains it. */
	gapped = false;
	gaps = 0;
	askedAgain = false;
	/** The clientID of its presence, once it is bound. */
	presenceId: number | undefined;
	/** The last that it has said of itself while that is being bound. */
	bindingPresence: AwarenessEntry | undefined;
	/** ClientIDs that this connection brought in. */
	readonly newClients = new Set<number>();
	lastSeen: number;
	/** The last LAGRE that waits for a gap to be explained. */
	heldLagre: number | undefined;
	/** Closed for what it sent: nothing more of it is applied. */
	refused = false;
	closed = false;

	private readonly ws: WebSocket;
	/** What `ws` itself writes to. */
	private readonly socket: Writable;
	private readonly budget: Budget;
	private paused = false;
	/** The room has more than it can take. */
	private held = false;
	/** This person has used up their share. */
	private resting = false;
	/** Since it reads too slowly it has not been sent what each of these clients wrote from this clock on. */
	private missed: Map<number, number> | undefined;
	private draining = false;
	/** Messages that are to go out together. */
	private gathered: Uint8Array[] | undefined;

	constructor(
		{ ws, socket }: { ws: WebSocket; socket: Writable },
		budget: Budget,
		handshake: Handshake,
		rights: Rights,
		now: number
	) {
		this.ws = ws;
		this.socket = socket;
		this.budget = budget;
		this.handshake = handshake;
		this.rights = rights;
		this.lastSeen = now;
	}

	get userId(): string {
		return this.rights.actor.brukerId;
	}

	/** May one more clientID be bound for this connection? */
	takesNewClient(clientId: number): boolean {
		const limit = this.handshake.epoch === undefined ? NEW_CLIENTS_STOCK : NEW_CLIENTS;
		return this.newClients.has(clientId) || this.newClients.size < limit;
	}

	/** What came with others' words, before this node knew whose they are, was not brought in by this connection. */
	forgetClientsOfOthers(owners: ReadonlyMap<number, string>): void {
		for (const client of this.newClients)
			if ((owners.get(client) ?? this.userId) !== this.userId) this.newClients.delete(client);
	}

	/** Sends a frame; a reader that does not keep up is closed, and gets everything in one piece when it comes back. */
	send(frame: Uint8Array): void {
		if (this.closed) return;
		if (this.ws.bufferedAmount > TOO_SLOW_BYTES) return this.close(CLOSE.tryAgain, 'too slow');
		if (frame.length > wire.WHOLE) {
			this.writeGathered();
			this.ws.send(frame);
			return;
		}
		// ws writes what goes before a message and the message apart: for one key that is half of the work of sending it.
		const message = wire.wholeMessage(frame);
		if (this.gathered) this.gathered.push(message);
		else if (this.ws.readyState === this.ws.OPEN) this.socket.write(message);
	}

	/** What is sent from now on goes out at `release`, all at once: each time that a socket is written to costs more than what is written. */
	gather(): void {
		this.gathered ??= [];
	}

	release(): void {
		this.writeGathered();
		this.gathered = undefined;
	}

	private writeGathered(): void {
		const [first, ...others] = this.gathered ?? [];
		if (!first) return;
		if (this.ws.readyState === this.ws.OPEN)
			this.socket.write(others.length > 0 ? Buffer.concat([first, ...others]) : first);
		this.gathered = [];
	}

	/** Sends what may be left out when the reader is slow. */
	sendIfQuick(frame: Uint8Array): void {
		if (this.ws.bufferedAmount < SLOW_BYTES) this.send(frame);
	}

	/** Keeps a silent socket alive: stock clients count messages, we count pongs. */
	beat(frame: Uint8Array): void {
		if (this.closed) return;
		this.ws.ping();
		this.sendIfQuick(frame);
	}

	/** Gives a dead socket up at once. */
	terminate(): void {
		this.ws.terminate();
	}

	/** Sends an update, unless the reader is slow: then `resync` is asked for when it has read what it was sent. */
	sendUpdate(upd: Uint8Array, resync: () => void): void {
		if (this.closed) return;
		if (!this.missed) {
			if (this.ws.bufferedAmount < SLOW_BYTES) return this.send(wire.update(upd));
			this.missed = new Map();
			this.writeGathered();
			this.ws.send(wire.awareness([]), resync);
		}
		for (const [client, clock] of Y.parseUpdateMeta(upd).from)
			this.missed.set(client, Math.min(clock, this.missed.get(client) ?? clock));
	}

	/** Sends what it has missed in one piece. Only called when the Y.Doc is committed state. */
	sendMissed(doc: Y.Doc): void {
		if (!this.missed) return;
		const known = Y.decodeStateVector(Y.encodeStateVector(doc));
		for (const [client, clock] of this.missed) known.set(client, clock);
		this.missed = undefined;
		this.send(wire.update(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(known))));
	}

	/** Pays for work that it has caused; whoever has nothing left is not read from for a while. */
	charge(ms: number): void {
		const wait = this.budget.pay(ms, performance.now());
		if (wait === 0 || this.resting) return;
		this.resting = true;
		this.readOrNot();
		setTimeout(
			() => {
				this.resting = false;
				this.readOrNot();
			},
			Math.min(wait, REST_MS)
		).unref();
	}

	/** Stops or resumes reading from the socket. */
	pause(on: boolean): void {
		this.held = on;
		this.readOrNot();
	}

	private readOrNot(): void {
		const paused = this.held || this.resting;
		if (this.paused === paused || this.closed || this.draining) return;
		this.paused = paused;
		if (paused) this.ws.pause();
		else this.ws.resume();
	}

	/** Reads no more, for good: the server stops. What is not read the client still has, and gives to the next one. */
	drain(): void {
		this.pause(true);
		this.draining = true;
	}

	/** Closes; what still comes from this socket is not looked at. */
	close(code: CloseCode, reason = ''): void {
		if (this.closed) return;
		this.release();
		this.closed = true;
		// A paused socket would never read the other side's close.
		if (this.paused) this.ws.resume();
		this.ws.close(code, reason);
	}
}
