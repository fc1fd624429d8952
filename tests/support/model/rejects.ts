import * as Y from 'yjs';
import type { Db } from '#lib/server/db/pool.ts';
import { replay } from '../log-state.ts';
import type { Person } from '../world.ts';
import type { Device } from './device.ts';
import type { Who } from './letters.ts';

type Kept = { userId: string; structs: { client: number; from: number; to: number }[] };

/** What the table of refused writes holds of a document. */
export async function keptRejects(db: Db, docId: string): Promise<Kept[]> {
	const rows = await db
		.selectFrom('collab_reject')
		.select(['user_id', 'upd'])
		.where('doc_id', '=', docId)
		.orderBy('id')
		.execute();
	return rows.map(({ user_id, upd }) => ({
		userId: user_id,
		structs: Y.decodeUpdate(upd).structs.map(({ id, length }) => ({
			client: id.client,
			from: id.clock,
			to: id.clock + length
		}))
	}));
}

/**
 * The pages that were refused a late edit which is not kept for its author: the first of it that the log does not have must be
 * there, or the late deletion that it was refused for.
 */
export async function missingRejects(
	db: Db,
	docId: string,
	people: Record<Who, Person>,
	devices: readonly Device[]
): Promise<Device[]> {
	const refused = devices.filter(({ refusedWith }) => refusedWith !== undefined);
	if (refused.length === 0) return [];
	const log = await replay(db, docId);
	const kept = await keptRejects(db, docId);
	return refused.filter(({ who, client: { doc }, account }) => {
		const own = kept.filter(({ userId }) => userId === people[who].id);
		const logged = Y.getState(log.store, doc.clientID);
		const holds = ({ structs }: Kept) =>
			structs.some(({ client, from, to }) => client === doc.clientID && from <= logged && logged < to);
		const deletionOnly = ({ structs }: Kept) => structs.length === 0;
		return !own.some((each) => deletionOnly(each) || (account.units.length > logged && holds(each)));
	});
}
