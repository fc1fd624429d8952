import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { appendBatches, type AppendResult } from '#lib/server/queries/collab-append.ts';
import { findCollabDoc } from '#lib/server/queries/collab.ts';
import { sql, type Db } from '#lib/server/db/pool.ts';
import { replay } from './log-state.ts';
import { until } from './realtime.ts';
import type { Person, World } from './world.ts';

/** A transaction that is open, and holds what others wait for. */
export interface Held {
	/** Works in it. */
	trx: Db;
	/** Commits it: whoever waits goes on. */
	release(): Promise<void>;
}

/** Key of the advisory lock that every append waits for at its commit, after `waitAtCommit`. */
const COMMIT_GATE = 4711;

const held = new Set<Held>();

async function begin(db: Db, work: (trx: Db) => Promise<unknown>): Promise<Held> {
	const trx = await db.startTransaction().execute();
	const one: Held = {
		trx,
		release() {
			held.delete(one);
			return trx.commit().execute();
		}
	};
	held.add(one);
	await work(trx);
	return one;
}

/** After a test: what it has not released, because it failed, must not hold up the others. */
export async function releaseHeld(): Promise<void> {
	await Promise.all([...held].map((one) => one.release()));
}

/** Opens a transaction of one's own, in which nothing is held yet. */
export function openTransaction(db: Db): Promise<Held> {
	return begin(db, () => Promise.resolve());
}

/** Holds a document's row: an append to it waits at its beginning. */
export function holdDocument(world: World, docId: string): Promise<Held> {
	return begin(world.owner, (trx) => sql`select 1 from collab_doc where id = ${docId} for update`.execute(trx));
}

/** The same, for so many milliseconds. */
export async function holdForAWhile(world: World, docId: string, ms: number): Promise<void> {
	const { release } = await holdDocument(world, docId);
	await new Promise((resolve) => setTimeout(resolve, ms));
	await release();
}

/** Makes appends in this database pass a gate when they commit, after everything that they judge and write. */
export async function buildCommitGate(world: World): Promise<void> {
	await sql`create or replace function ved_commit() returns trigger language plpgsql as $$
		begin perform pg_advisory_xact_lock(${sql.lit(COMMIT_GATE)}); return null; end $$`.execute(world.owner);
	await sql`drop trigger if exists ved_commit on collab_update`.execute(world.owner);
	await sql`create constraint trigger ved_commit after insert on collab_update
		deferrable initially deferred for each row execute function ved_commit()`.execute(world.owner);
}

/** Closes the gate: whatever an append has written stays uncommitted. */
export function closeCommitGate(world: World): Promise<Held> {
	return begin(world.owner, (trx) => sql`select pg_advisory_xact_lock(${COMMIT_GATE})`.execute(trx));
}

/** Resolves when so many appends, or more, wait for somebody; gives their database sessions. */
export async function appendsWait(world: World, count = 1): Promise<number[]> {
	let pids: number[] = [];
	await until(async () => {
		const { rows } = await sql<{ pid: number }>`
			select pid from pg_stat_activity
			where datname = current_database() and wait_event_type = 'Lock' and query like '%collab_append%' and pid <> pg_backend_pid()
		`.execute(world.owner);
		pids = rows.map(({ pid }) => pid);
		return pids.length >= count;
	});
	return pids;
}

/** Appends a paragraph as another node of ws-server does, past the one under test. */
export async function appendElsewhere(
	world: World,
	db: Db,
	docId: string,
	person: Person,
	text: string
): Promise<AppendResult | undefined> {
	const head = await findCollabDoc(world.owner, docId);
	if (!head) throw new Error(`no document ${docId}`);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(await replay(world.owner, docId)));
	const before = Y.encodeStateVector(doc);
	doc.transact(() => {
		const paragraph = new Y.XmlElement('paragraph');
		doc.getXmlFragment('referat').push([paragraph]);
		paragraph.push([new Y.XmlText(text)]);
	});
	const row = {
		...{ userId: person.id, sessionId: randomUUID(), connId: randomUUID(), access: head.accessVersion },
		...{ kind: 'edit' as const, upd: Y.encodeStateAsUpdate(doc, before), clients: [doc.clientID] }
	};
	const batch = { id: docId, head: head.headSeq, epoch: head.epoch, rows: [row] };
	return (await appendBatches(db, [batch], Date.now() * 1000))[0];
}
