import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { sql, transaction } from '#lib/server/db/pool.ts';
import { appendElsewhere, appendsWait, holdDocument, openTransaction } from '../support/held.ts';
import { rendered } from '../support/log-state.ts';
import { RawClient, until } from '../support/realtime.ts';
import { faultsOf, occurrences } from '../support/samtale-room.ts';
import { setStage } from '../support/stage.ts';

const stage = setStage();

async function written() {
	const docId = await stage.world.samtale(stage.cast.veileder, stage.cast.lis);
	const lis = await stage.join(stage.cast.lis, docId);
	await lis.synced();
	lis.write('innledning');
	await lis.committed();
	return { docId, lis };
}

/** As the sweep finds it when nobody has been in the room for a minute. */
async function sweepLater(): Promise<void> {
	await stage.server.rooms.sweep(Date.now());
	await stage.server.rooms.sweep(Date.now() + 60_000);
}

async function unload(docId: string): Promise<void> {
	stage.leaveAll();
	await until(() => stage.server.rooms.get(docId)?.idle ?? true);
	await sweepLater();
	expect(stage.server.rooms.get(docId)).toBeUndefined();
}

describe('unloading', () => {
	test('somebody who comes and writes while the last snapshot is being taken keeps the room', async () => {
		const { docId, lis } = await written();
		lis.destroy();
		await until(() => stage.server.rooms.get(docId)?.idle ?? false);
		const table = await openTransaction(stage.world.owner);
		await sql`lock table collab_snapshot in exclusive mode`.execute(table.trx);
		const room = stage.server.rooms.get(docId);
		const swept = sweepLater();
		const veileder = await stage.join(stage.cast.veileder, docId);
		await veileder.synced();
		veileder.write('akkurat nå');
		await veileder.committed();
		await table.release();
		await swept;
		expect(stage.server.rooms.get(docId)).toBe(room);
		veileder.write('og videre');
		await veileder.committed();
		expect(veileder.provider.wsUnsuccessfulReconnects).toBe(0);
		expect(await faultsOf(stage.world, docId, [veileder], ['innledning', 'akkurat nå', 'og videre'])).toEqual([]);
	});

	test('a room whose last edit is not committed yet stays, though nobody is in it', async () => {
		const { docId, lis } = await written();
		const held = await holdDocument(stage.world, docId);
		lis.write('siste ord');
		await appendsWait(stage.world);
		lis.destroy();
		await until(() => stage.server.rooms.get(docId)?.connections.size === 0);
		await sweepLater();
		expect(stage.server.rooms.get(docId)?.unacknowledged).toBe(true);
		await held.release();
		await until(() => stage.server.rooms.get(docId)?.unacknowledged === false);
		await unload(docId);
		expect(await faultsOf(stage.world, docId, [], ['innledning', 'siste ord'])).toEqual([]);
	});

	test('coming and going while rooms are swept all the time: nothing is lost, nothing doubled', async () => {
		const docId = await stage.world.samtale(stage.cast.veileder, stage.cast.lis);
		const words: string[] = [];
		let sweeping = true;
		const swept = (async () => {
			while (sweeping) {
				await sweepLater();
				await setImmediate();
			}
		})();
		for (let visit = 0; visit < 12; visit++) {
			const client = await stage.join(visit % 2 === 0 ? stage.cast.lis : stage.cast.veileder, docId);
			await client.synced();
			words.push(`besøk-${visit}-`);
			client.write(`besøk-${visit}-`);
			await client.committed();
			client.destroy();
		}
		sweeping = false;
		await swept;
		expect(await faultsOf(stage.world, docId, [], words)).toEqual([]);
	});
});

describe('loading', () => {
	test('a log with a hole: 1013, no text is sent, and nobody can write', async () => {
		const { docId } = await written();
		await unload(docId);
		await asCareless(sql`delete from collab_update where doc_id = ${docId} and seq = 2`);
		await asCareless(sql`delete from collab_snapshot where doc_id = ${docId}`);
		const raw = await RawClient.open(stage.server.port, docId, await stage.world.login(stage.cast.lis));
		raw.sync(0, Y.encodeStateVector(new Y.Doc()));
		const doc = new Y.Doc();
		doc.getXmlFragment('referat').push([new Y.XmlElement('paragraph')]);
		raw.sync(2, Y.encodeStateAsUpdate(doc));
		expect(await raw.closed).toBe(1013);
		expect(raw.updates()).toEqual([]);
		const { rows } = await sql`select seq from collab_update where doc_id = ${docId}`.execute(stage.world.owner);
		expect(rows).toEqual([{ seq: 1 }]);
	});

	test.each([
		['bytes', sql`state_v2 = set_byte(state_v2, 20, 255 - get_byte(state_v2, 20))`],
		['bytes, shortened', sql`state_v2 = substr(state_v2, 1, 10)`],
		['row of the log that it stands on', sql`head_hash = sha256('')`],
		['epoch', sql`epoch = 2`],
		['place in the log', sql`seq = seq + 1000`]
	])('a snapshot with other %s is not believed: the log is', async (_what, change) => {
		const { docId } = await written();
		await unload(docId);
		const { numAffectedRows } = await sql`update collab_snapshot set ${change} where doc_id = ${docId}`.execute(
			stage.world.owner
		);
		expect(numAffectedRows).toBe(1n);
		const veileder = await stage.join(stage.cast.veileder, docId);
		await veileder.synced();
		expect(occurrences(veileder, 'innledning')).toBe(1);
		veileder.write('videre');
		await veileder.committed();
		expect(await faultsOf(stage.world, docId, [veileder], ['innledning', 'videre'])).toEqual([]);
		const room = stage.server.rooms.get(docId);
		expect(room && rendered(room.doc)).toBe(rendered(veileder.doc));
	});

	test('a reload that fails ends the room with 1013; people come back by themselves to a new one', async () => {
		const { docId, lis } = await written();
		const codes: (number | undefined)[] = [];
		lis.provider.on('connection-close', (event) => codes.push(event?.code));
		await sql`revoke select on collab_update from lisk_ws`.execute(stage.world.owner);
		await appendElsewhere(stage.world, stage.world.owner, docId, stage.cast.veileder, 'fra en annen node');
		await until(() => codes.includes(1013));
		await sql`grant select on collab_update to lisk_ws`.execute(stage.world.owner);
		await until(() => occurrences(lis, 'fra en annen node') === 1);
		lis.write('videre');
		await lis.committed();
		expect(await faultsOf(stage.world, docId, [lis], ['innledning', 'fra en annen node', 'videre'])).toEqual([]);
	});
});

/** What no role may do, and a disk or a careless hand may have done. */
async function asCareless(statement: ReturnType<typeof sql>): Promise<void> {
	await transaction(stage.world.owner, async (trx) => {
		await sql`set local session_replication_role = replica`.execute(trx);
		await statement.execute(trx);
	});
}
