import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { loadDoc } from '#lib/server/collab-state.ts';
import { MOST_BYTES, NODE_CHANNEL, notify } from '#lib/server/db/hints.ts';
import { sql, type Db } from '#lib/server/db/pool.ts';
import { appendBatches, type AppendRow } from '#lib/server/queries/collab-append.ts';
import { putSnapshot } from '#lib/server/queries/collab.ts';
import { Editor } from './editor.ts';
import { median, quantile } from './figures.ts';
import { address, type OurPortal } from './ours.ts';
import { cpuOfTree, memoryOf, pin, SERVER_CORE } from './processes.ts';

/** What is measured of ours alone, as no peer has it. */

/** What the log takes. Bytes. */
export type Store = { table: number; index: number; wal: number };

export async function storeOf(db: Db): Promise<Store> {
	const { rows } = await sql<Store>`
		select pg_table_size('collab_update')::int8 as table, pg_indexes_size('collab_update')::int8 as index,
			pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::int8 as wal`.execute(db);
	return rows[0] as Store;
}

/** Opens many documents at one node, one reader each, and keeps them open. Bytes of resident memory. */
export async function openMany(portal: OurPortal, documents: number): Promise<{ before: number; after: number }> {
	const pid = portal.wsServer();
	pin(pid, SERVER_CORE);
	const before = memoryOf(pid);
	const editors: Editor[] = [];
	for (const { id, cookies } of portal.samtaler.slice(0, documents)) {
		const seat = { url: address(portal.wsPort, id), headers: { cookie: cookies[0], origin: portal.origin } };
		const editor = new Editor(id, seat, 'y');
		editor.other = editor;
		editors.push(editor);
		await editor.opened;
		editor.begin();
		await editor.synced;
	}
	await sleep(2_000);
	const after = memoryOf(pid);
	for (const editor of editors) editor.close();
	return { before, after };
}

/** Keys in the log of a long samtale. */
const LONG = 40_000;
const KEYS_IN_A_CALL = 400;
/** What was typed after the last snapshot. A server that closes a document writes one, so there is none of this but where one was killed. */
const TAIL = 50;

/** Milliseconds until the whole document has come, half of the times and at worst; and until the reader's Y.Doc has taken it in. */
export type Cold = { came: number; worst: number; taken: number };

/**
 * How long it takes from the socket to the whole document, when nobody has it open: a samtale of 40,000 keys, each a row of the log. Milliseconds.
 */
export async function openCold(portal: OurPortal, times: number): Promise<Cold> {
	const chosen = portal.samtaler.slice(-times);
	const came: number[] = [];
	const took: number[] = [];
	for (const { id } of chosen) await typeLong(portal.db, id);
	for (const { id, cookies } of chosen) {
		const begun = performance.now();
		const seat = { url: address(portal.wsPort, id), headers: { cookie: cookies[0], origin: portal.origin } };
		const editor = new Editor(id, seat, 'y');
		editor.other = editor;
		await editor.opened;
		editor.begin();
		await editor.synced;
		came.push(editor.arrived - begun);
		took.push(performance.now() - begun);
		if (Y.encodeStateVector(editor.doc).length < 2) throw new Error('A long samtale came without its text.');
		editor.close();
		await sleep(200);
	}
	return { came: median(came), worst: quantile(came, 1), taken: median(took) };
}

const HINTS = 1_000;

/** What a full hint to the other nodes costs PostgreSQL, beside the same statement that notifies nobody. Microseconds of CPU. */
export async function notifyCost({ db, postgres }: OurPortal): Promise<{ notified: number; silent: number }> {
	// A node that has nothing to say, at length.
	const payload = JSON.stringify([randomUUID()]).padEnd(MOST_BYTES);
	const silently = () => sql`select ${NODE_CHANNEL}, payload from unnest(${[payload]}::text[]) as payload`.execute(db);
	const each = async (work: () => Promise<unknown>): Promise<number> => {
		const before = cpuOfTree(postgres() ?? 0);
		for (let i = 0; i < HINTS; i++) await work();
		return (cpuOfTree(postgres() ?? 0) - before) / HINTS;
	};
	await each(silently);
	return { silent: await each(silently), notified: await each(() => notify(db, NODE_CHANNEL, [payload])) };
}

/** What one person types into a document, key by key, through the same append as people. */
async function typeLong(db: Db, id: string): Promise<void> {
	const loaded = await loadDoc(db, id);
	if (!loaded) throw new Error(`no document ${id}`);
	const { doc, head } = loaded;
	const { rows: people } = await sql<{ user_id: string }>`
		select user_id from collab_update where doc_id = ${id} order by seq desc limit 1`.execute(db);
	const keys: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => keys.push(update));
	let text = new Y.XmlText();
	for (let key = 0; key < LONG; key++) {
		if (key % 300 === 0) {
			const paragraph = new Y.XmlElement('paragraph');
			text = new Y.XmlText();
			doc.transact(() => {
				doc.getXmlFragment('referat').push([paragraph]);
				paragraph.push([text]);
				text.insert(0, 'a');
			});
			continue;
		}
		// People correct themselves: each tenth key takes one back.
		if (key % 10 === 9) text.delete(text.length - 1, 1);
		else text.insert(text.length, 'abcde fghij '.charAt(key % 12));
	}
	let { headSeq } = head;
	const [sessionId, connId] = [randomUUID(), randomUUID()];
	const row = (upd: Uint8Array, first: boolean): AppendRow => ({
		...{ userId: people[0]?.user_id ?? '', sessionId, connId, access: head.accessVersion, kind: 'edit', upd },
		clients: first ? [doc.clientID] : []
	});
	const snapshotAt = new Y.Doc({ gc: false });
	Y.applyUpdate(snapshotAt, Y.encodeStateAsUpdate((await loadDoc(db, id))?.doc ?? doc));
	for (let from = 0; from < keys.length; from += KEYS_IN_A_CALL) {
		const rows = keys.slice(from, from + KEYS_IN_A_CALL).map((upd, i) => row(upd, from + i === 0));
		const [answer] = await appendBatches(db, [{ id, head: headSeq, epoch: head.epoch, rows }], Date.now() * 1000);
		if (answer?.outcome !== 'ok') throw new Error(`could not write: ${answer?.outcome}`);
		headSeq = answer.headSeq;
	}
	snapshotAt.transact(() => {
		for (const upd of keys.slice(0, -TAIL)) Y.applyUpdate(snapshotAt, upd);
	});
	await putSnapshot(db, {
		...{ docId: id, seq: headSeq - TAIL, epoch: head.epoch },
		stateV2: Y.encodeStateAsUpdateV2(snapshotAt),
		sv: Y.encodeStateVector(snapshotAt)
	});
}
