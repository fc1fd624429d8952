import * as Y from 'yjs';
import { CLOSE } from '#lib/collab/close-codes.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { replay } from '../log-state.ts';
import type { Person } from '../world.ts';
import type { Account } from './account.ts';
import type { Who } from './letters.ts';

/** A page, and whoever else writes: with an account of it, and of what of that is acknowledged. */
type Writer = {
	who: Who;
	client: { doc: Y.Doc };
	account: Account;
	refusedWith: number | undefined;
	acknowledged(): { units: number; deletions: number };
};

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
 * The pages that were refused, and whose late text is not kept for its author: the first of it that the log does not have must be
 * there. What comes after a refusal is not looked at, so a page that was refused for a deletion, of which nothing is kept, may
 * have written on before it heard.
 */
export async function missingRejects<W extends Writer>(
	db: Db,
	docId: string,
	people: Record<Who, Person>,
	devices: readonly W[]
): Promise<W[]> {
	// Who has lost access may have been closed before anything came.
	const refused = devices.filter(({ refusedWith }) => refusedWith !== undefined && refusedWith !== CLOSE.noAccess);
	if (refused.length === 0) return [];
	const log = await replay(db, docId);
	const kept = await keptRejects(db, docId);
	return refused.filter((device) => {
		const { clientID } = device.client.doc;
		const logged = Y.getState(log.store, clientID);
		const holds = ({ userId, structs }: Kept) =>
			userId === people[device.who].id &&
			structs.some(({ client, from, to }) => client === clientID && from <= logged && logged < to);
		return beganWithText(device, logged) && !kept.some(holds);
	});
}

/** Whether the first that the log does not have of what a page did was text; deletions may be there or not, nobody can tell. */
function beganWithText(device: Writer, logged: number): boolean {
	let before = device.acknowledged();
	for (const step of device.account.steps) {
		if (step.units <= before.units && step.deletions <= before.deletions) continue;
		if (step.units > logged) return step.units > before.units;
		if (step.units === before.units) return false;
		before = step;
	}
	return false;
}
