import { encodeLagret } from '#lib/collab/messages.ts';
import { dropGap, type Court } from './judge.ts';
import type { Item } from './queue.ts';
import type { Room } from './room.ts';
import * as wire from './wire.ts';

/** Answers what asks about committed state. Only called when the Y.Doc is that. */
export function answer(items: readonly Item[], room: Room, court: Court, now: number): void {
	const { head, audience } = room;
	for (const item of items) {
		const { conn } = item;
		if (conn.closed) continue;
		if (item.kind === 'join' || item.kind === 'ask') {
			conn.send(wire.syncStep1(room.doc));
		} else if (item.kind === 'step1') {
			conn.send(wire.syncStep2(room.doc, item.stateVector));
			if (!conn.synced) audience.welcome(conn, head?.state);
		} else if (item.kind === 'resync') {
			conn.sendMissed(room.doc);
		} else if (item.kind === 'gap') {
			dropGap(court, conn, item.step2, []);
		} else if (item.kind === 'lagre') {
			// Held until its missing part has come: LAGRET never covers a gap.
			if (conn.gapped) conn.heldLagre = item.v;
			else conn.send(encodeLagret(item.v, head?.headSeq ?? 0, now));
		}
	}
}
