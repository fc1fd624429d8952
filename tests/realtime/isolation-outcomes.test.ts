import { describe, expect, test } from 'vitest';
import { bindClient } from '#lib/server/queries/collab.ts';
import { sql } from '#lib/server/db/pool.ts';
import { appendElsewhere, appendsWait, holdDocument, openTransaction } from '../support/held.ts';
import { until } from '../support/realtime.ts';
import { authors, faultsOf, heardByServer, occurrences } from '../support/samtale-room.ts';
import { setStage } from '../support/stage.ts';

/** What `collab_append` may answer besides `ok`, each brought about while an append waits for the document. */
const stage = setStage();

const rejects = (docId: string) =>
	stage.world.owner.selectFrom('collab_reject').select(['user_id', 'reason']).where('doc_id', '=', docId).execute();

test('behind: another node was first; its row is told to everybody, and the own one comes after it, once', async () => {
	const { docId, lis, veileder } = await stage.two();
	const other = await openTransaction(stage.world.connect('lisk_ws'));
	expect(
		(await appendElsewhere(stage.world, other.trx, docId, stage.cast.veileder, 'fra en annen node'))?.outcome
	).toBe('ok');
	lis.write('fra denne');
	const acknowledged = lis.committed();
	await appendsWait(stage.world);
	expect(occurrences(lis, 'fra en annen node')).toBe(0);
	await other.release();
	await acknowledged;
	await until(() => occurrences(veileder, 'fra en annen node') === 1);
	expect(await faultsOf(stage.world, docId, [lis, veileder], ['fra en annen node', 'fra denne'])).toEqual([]);
	expect(await authors(stage.world, docId)).toEqual([stage.cast.lis.id, stage.cast.veileder.id, stage.cast.lis.id]);
});

test('another node’s row reaches those who only read, by the poll', async () => {
	const { docId, lis, veileder } = await stage.two();
	const result = await appendElsewhere(
		stage.world,
		stage.world.connect('lisk_ws'),
		docId,
		stage.cast.veileder,
		'fra en annen node'
	);
	expect(result?.outcome).toBe('ok');
	await until(() => [lis, veileder].every((client) => occurrences(client, 'fra en annen node') === 1));
	lis.write('videre');
	await lis.committed();
	expect(await faultsOf(stage.world, docId, [lis, veileder], ['fra en annen node', 'videre'])).toEqual([]);
});

describe('stale', () => {
	test('rights that were decided anew and still hold: the edit is committed, once', async () => {
		const { docId, lis, veileder } = await stage.two();
		const held = await holdDocument(stage.world, docId);
		lis.write('under endringen');
		const acknowledged = lis.committed();
		await appendsWait(stage.world);
		await sql`select collab_access_changed(array[${docId}]::uuid[])`.execute(held.trx);
		await held.release();
		await acknowledged;
		expect(await faultsOf(stage.world, docId, [lis, veileder], ['under endringen'])).toEqual([]);
	});

	test('one who lost access while their edit was under way is closed and keeps the text; the other’s goes in', async () => {
		const { docId, lis, veileder } = await stage.two();
		const held = await holdDocument(stage.world, docId);
		veileder.write('for sent');
		await appendsWait(stage.world);
		lis.write('mitt');
		const [acknowledged, closed] = [lis.committed(), veileder.closed()];
		await heardByServer(lis.provider);
		await endParticipation(docId, 'veileder');
		await sql`select collab_access_changed(array[${docId}]::uuid[])`.execute(held.trx);
		await held.release();
		expect(await closed).toBe(4403);
		await acknowledged;
		expect(await faultsOf(stage.world, docId, [lis], ['innledning', 'mitt'])).toEqual([]);
		expect(occurrences(lis, 'for sent')).toBe(0);
		await until(async () => (await rejects(docId)).length > 0);
		expect(await rejects(docId)).toEqual([{ user_id: stage.cast.veileder.id, reason: '4403' }]);
	});
});

describe('closing', () => {
	test('edits wait, joiners are served; open again, the edits go in, once', async () => {
		const { docId, lis, veileder } = await stage.two();
		await setState(docId, 'closing');
		lis.write('holdt tilbake');
		const acknowledged = lis.committed();
		await until(() => lis.states.at(-1) === 'closing');
		const joiner = await stage.join(stage.cast.veileder, docId);
		await joiner.synced();
		await until(() => joiner.states.at(-1) === 'closing');
		expect(joiner.text()).toContain('innledning');
		expect(joiner.text()).not.toContain('holdt tilbake');
		expect(await authors(stage.world, docId)).toEqual([stage.cast.lis.id]);
		expect(lis.saved).toBe(1);
		await setState(docId, 'open');
		await acknowledged;
		await until(() => [lis, veileder, joiner].every(({ states }) => states.at(-1) === 'open'));
		expect(await faultsOf(stage.world, docId, [lis, veileder, joiner], ['innledning', 'holdt tilbake'])).toEqual([]);
	});

	test('final after all: what waited is refused and kept for its author', async () => {
		const { docId, lis } = await stage.two();
		await setState(docId, 'closing');
		const closed = lis.closed();
		lis.write('holdt tilbake');
		await until(() => lis.states.at(-1) === 'closing');
		await setState(docId, 'final');
		expect(await closed).toBe(4423);
		expect(await authors(stage.world, docId)).toEqual([stage.cast.lis.id]);
		await until(async () => (await rejects(docId)).length > 0);
		expect(await rejects(docId)).toEqual([{ user_id: stage.cast.lis.id, reason: '4423' }]);
	});
});

test('closed: cancelled while the edit was under way; it is refused, kept for its author, and in no log', async () => {
	const { docId, lis, veileder } = await stage.two();
	const held = await holdDocument(stage.world, docId);
	const closed = lis.closed();
	lis.write('for sent');
	await appendsWait(stage.world);
	await sql`select collab_cancel(${docId})`.execute(held.trx);
	await held.release();
	expect(await closed).toBe(4423);
	await until(() => veileder.states.at(-1) === 'cancelled');
	expect(await faultsOf(stage.world, docId, [veileder], ['innledning'])).toEqual([]);
	expect(occurrences(veileder, 'for sent')).toBe(0);
	await until(async () => (await rejects(docId)).length > 0);
	expect(await rejects(docId)).toEqual([{ user_id: stage.cast.lis.id, reason: '4423' }]);
});

test('refused: another node bound the clientID to somebody else; only that edit is refused, the other’s of the same batch goes in', async () => {
	const { docId, veileder } = await stage.two();
	const lis = await stage.join(stage.cast.lis, docId, false);
	// A client that shows no presence has no clientID bound before its first word.
	lis.provider.awareness.setLocalState(null);
	lis.provider.connect();
	await lis.synced();
	const held = await holdDocument(stage.world, docId);
	veileder.write('først');
	await appendsWait(stage.world);
	const closed = lis.closed();
	lis.write('under en annens id');
	veileder.write('ved siden av');
	const acknowledged = veileder.committed();
	await heardByServer(lis.provider);
	await heardByServer(veileder.provider);
	await bindClient(held.trx, docId, lis.doc.clientID, stage.cast.veileder.id);
	await held.release();
	expect(await closed).toBe(4409);
	await acknowledged;
	expect(await faultsOf(stage.world, docId, [veileder], ['innledning', 'først', 'ved siden av'])).toEqual([]);
	expect(occurrences(veileder, 'under en annens id')).toBe(0);
	await until(async () => (await rejects(docId)).length > 0);
	expect(await rejects(docId)).toEqual([{ user_id: stage.cast.lis.id, reason: '4409' }]);
});

async function endParticipation(docId: string, rolle: 'lis' | 'veileder'): Promise<void> {
	const query = stage.world.owner.updateTable('samtale_deltaker').set({ til: stage.world.now });
	await query.where('samtale_id', '=', docId).where('rolle', '=', rolle).execute();
}

/** A closing whose grace is over already. */
async function setState(docId: string, state: 'open' | 'closing' | 'final'): Promise<void> {
	const since = { closing_at: new Date(Date.now() - 5_000), closing_until: new Date(Date.now() + 600_000) };
	const closing = state === 'closing' ? since : { closing_at: null, closing_until: null };
	await stage.world.owner
		.updateTable('collab_doc')
		.set({ state, ...closing })
		.where('id', '=', docId)
		.execute();
}
