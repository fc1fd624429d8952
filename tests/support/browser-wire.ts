import type { Page, WebSocketRoute } from '@playwright/test';
import * as encoding from 'lib0/encoding';

type Frame = string | Buffer;

/** First bytes of y-websocket's frame with an update: sync, update. */
const SYNC_UPDATE = [0, 2] as const;

/** Seven bytes that claim to hold 33 million structs: what no server may believe. */
export const claimsMillions = Uint8Array.from([1, 255, 255, 255, 15, 0, 0]);

/**
 * The websocket of a page, in the test's hand: frames can be held on the way, as a network that hangs does, and one can be
 * exchanged for another, as only a broken or hostile client would send it. What comes of it is the real server's answer.
 */
export class Wire {
	#held: (() => void)[] | undefined;
	#instead: Uint8Array | undefined;
	readonly #serverClosed = Promise.withResolvers<true>();

	/** Chromium's words when a frame was on its way to a server that has just closed: without the detour it knew at once. */
	static readonly late = /WebSocket is already in CLOSING or CLOSED state/;

	/** Before the page opens the samtale. */
	static async of(page: Page): Promise<Wire> {
		const wire = new Wire();
		await page.routeWebSocket(/\/samarbeid\//, (socket) => wire.#connect(socket));
		return wire;
	}

	/** From now on nothing passes, either way, and nothing is lost: the network hangs. */
	hold(): void {
		this.#held ??= [];
	}

	/** What was held arrives in its order, and all that follows passes. */
	release(): void {
		const held = this.#held ?? [];
		this.#held = undefined;
		for (const pass of held) pass();
	}

	/** When the server has closed a socket, also while the page cannot hear of it: what is let through after this comes too late. */
	get serverClosed(): Promise<true> {
		return this.#serverClosed.promise;
	}

	/** The next edit that is written goes to the server as this update. */
	replaceNextEdit(update: Uint8Array): void {
		this.#instead = update;
	}

	#connect(socket: WebSocketRoute): void {
		const server = socket.connectToServer();
		const through = (pass: () => void): void => void (this.#held ? this.#held.push(pass) : pass());
		socket.onMessage((frame) => {
			const outgoing = this.#exchange(frame);
			through(() => server.send(outgoing));
		});
		server.onMessage((frame) => through(() => socket.send(frame)));
		socket.onClose((code, reason) => through(() => void server.close(closing(code, reason))));
		server.onClose((code, reason) => {
			this.#serverClosed.resolve(true);
			through(() => void socket.close(closing(code, reason)));
		});
	}

	#exchange(frame: Frame): Frame {
		if (!this.#instead || typeof frame === 'string') return frame;
		if (SYNC_UPDATE.some((byte, index) => frame[index] !== byte)) return frame;
		const update = this.#instead;
		this.#instead = undefined;
		return Buffer.from(
			encoding.encode((encoder) => {
				for (const byte of SYNC_UPDATE) encoding.writeVarUint(encoder, byte);
				encoding.writeVarUint8Array(encoder, update);
			})
		);
	}
}

function closing(code: number | undefined, reason: string | undefined): { code?: number; reason?: string } {
	// 1005 and 1006 mean that there was no code: they cannot be sent.
	const sendable = code !== undefined && code !== 1005 && code !== 1006;
	return { ...(sendable ? { code } : {}), ...(reason ? { reason } : {}) };
}
