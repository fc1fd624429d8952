import { CLOSE } from '#lib/collab/close-codes.ts';
import { HINT_CHANNEL, NODE_CHANNEL, type Hint } from '#lib/server/db/hints.ts';
import { Watch } from '#lib/server/db/watch.ts';
import type { Logger } from '#lib/server/log.ts';
import { lapseClosing, listCollabDocs } from '#lib/server/queries/collab.ts';
import { listGyldigeOkter } from '#lib/server/queries/okt.ts';
import type { Connection } from './connection.ts';
import { POLL_MS } from './limits.ts';
import type { PeerNodes } from './peers.ts';
import type { Rooms } from './rooms.ts';
import type { Store } from './store.ts';

type Followed = {
	store: Store;
	rooms: Rooms;
	connections: Set<Connection>;
	databaseUrl: string;
	log: Logger;
	clock: () => Date;
};

/**
 * Follows what others change: NOTIFY hints at once, a poll of the open documents and sessions as the truth behind them. So an
 * access change or a log-out closes sockets within a second with the hints, and within a few without (T03).
 */
export function createFollower({ store, rooms, connections, databaseUrl, log, clock }: Followed): Watch {
	async function look(): Promise<void> {
		const hashes = [...new Set([...connections].map((conn) => conn.rights.okt.hash))];
		const gyldige = await listGyldigeOkter(store.db, hashes, clock());
		for (const conn of connections) {
			const { hash } = conn.rights.okt;
			if (hashes.includes(hash) && !gyldige.has(hash)) conn.close(CLOSE.sessionEnded);
		}
		// A finalizing that nobody confirmed in time ends here, or in the worker when no server runs.
		if (rooms.all().some((room) => room.head?.state === 'closing')) await lapseClosing(store.db, clock());
		const truths = await listCollabDocs(
			store.db,
			rooms.all().map((room) => room.id)
		);
		await Promise.all(truths.map((truth) => rooms.get(truth.id)?.follow(truth)));
		await rooms.sweep(clock().getTime());
	}

	/** The end of a session is done at once; a change of documents that are open here is worth a look. */
	function hint(payload: string): boolean {
		const told = JSON.parse(payload) as Hint;
		if ('docs' in told) return told.docs === '*' || told.docs.some((id) => rooms.get(id));
		for (const conn of connections) if (conn.rights.okt.id === told.okt) conn.close(CLOSE.sessionEnded);
		return false;
	}

	return new Watch({
		...{ name: 'poll', databaseUrl, rolle: 'lisk_ws', channel: HINT_CHANNEL, pollMs: POLL_MS, log },
		...{ look, hint }
	});
}

/** Hears what other nodes tell, and lets them hear that this one lives. */
export function createPeerWatch({
	peers,
	databaseUrl,
	log
}: Pick<Followed, 'databaseUrl' | 'log'> & { peers: PeerNodes }): Watch {
	return new Watch({
		...{ name: 'other nodes', databaseUrl, rolle: 'lisk_ws', channel: NODE_CHANNEL, pollMs: POLL_MS, log },
		look: () => Promise.resolve(peers.beat()),
		listening: () => peers.listening(),
		hint: (payload) => {
			peers.hear(payload);
			return false;
		}
	});
}
