import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeLagre } from '#lib/collab/messages.ts';
import { listRows } from '#lib/server/queries/collab.ts';
import { appendsWait, holdDocument } from '../support/held.ts';
import { rendered } from '../support/log-state.ts';
import { RawClient, until } from '../support/realtime.ts';
import { faultsOf, heardByServer } from '../support/samtale-room.ts';
import { setStage } from '../support/stage.ts';

const stage = setStage();

/** What a bare socket has been told of the document. */
function docOf(raw: RawClient): Y.Doc {
	const doc = new Y.Doc();
	for (const update of raw.updates()) Y.applyUpdate(doc, update);
	return doc;
}

describe('while an append is not committed', () => {
	test('its text reaches nobody: no SyncStep2 with it, no broadcast, no LAGRET; with the commit all have it', async () => {
		const { docId, lis, veileder } = await stage.two();
		const held = await holdDocument(stage.world, docId);
		lis.write('hemmelig');
		const acknowledged = lis.committed();
		await appendsWait(stage.world);

		const joiner = await RawClient.open(stage.server.port, docId, await stage.world.login(stage.cast.veileder));
		joiner.sync(0, Y.encodeStateVector(new Y.Doc()));
		const stock = await stage.join(stage.cast.veileder, docId);
		await until(() => stage.server.rooms.get(docId)?.connections.size === 4);
		for (const ws of [joiner.ws, stock.provider.ws, veileder.provider.ws, lis.provider.ws]) await heardByServer({ ws });

		expect(rendered(docOf(joiner))).not.toContain('hemmelig');
		expect(stock.text()).not.toContain('hemmelig');
		expect(veileder.text()).not.toContain('hemmelig');
		expect(lis.saved).toBe(1);

		await held.release();
		await acknowledged;
		await until(() => rendered(docOf(joiner)).includes('hemmelig'));
		joiner.ws.close();
		expect(await faultsOf(stage.world, docId, [lis, veileder, stock], ['innledning', 'hemmelig'])).toEqual([]);
	});

	test('one who joins before the first word gets nothing of it either, and everything once', async () => {
		const docId = await stage.world.samtale(stage.cast.veileder, stage.cast.lis);
		const lis = await stage.join(stage.cast.lis, docId);
		await lis.synced();
		const held = await holdDocument(stage.world, docId);
		for (const word of ['en', 'to', 'tre']) lis.write(`${word}-ord`, 'forberedelse');
		await appendsWait(stage.world);
		const veileder = await stage.join(stage.cast.veileder, docId);
		await until(() => stage.server.rooms.get(docId)?.connections.size === 2);
		await heardByServer(veileder.provider);
		expect(veileder.fragment('forberedelse').length).toBe(0);
		await held.release();
		await veileder.synced();
		await lis.committed();
		expect(await faultsOf(stage.world, docId, [lis, veileder], ['en-ord', 'to-ord', 'tre-ord'])).toEqual([]);
	});

	test('LAGRET comes in order, after the commit, and names a row that covers all that was sent before', async () => {
		const { docId, lis, veileder } = await stage.two();
		const held = await holdDocument(stage.world, docId);
		for (let v = 10; v < 20; v++) {
			lis.write(`ord-${v}-`, v % 2 === 0 ? 'referat' : 'forberedelse');
			lis.provider.ws?.send(encodeLagre(v));
			if (v === 12) await appendsWait(stage.world);
			if (v === 15) await heardByServer(lis.provider);
		}
		// The veileder has nothing unsaved, but what they see may hang on what is under way.
		veileder.provider.ws?.send(encodeLagre(30));
		await heardByServer(veileder.provider);
		expect(lis.saved).toBe(1);
		expect(veileder.saved).toBe(0);
		await held.release();
		await until(() => lis.saved === 19 && veileder.saved === 30);

		const answers = lis.heard.flatMap((message) => (message.kind === 'lagret' && message.v >= 10 ? [message] : []));
		expect(answers.map(({ v }) => v)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
		for (const { v, seq } of answers) {
			const doc = new Y.Doc();
			for (const row of await listRows(stage.world.owner, docId, 0, seq)) Y.applyUpdate(doc, row.upd);
			for (let before = 10; before <= v; before++) expect(rendered(doc)).toContain(`ord-${before}-`);
		}
	});

	test('two tabs of one person: each has its own rows and its own acknowledgement, and one that is closed takes nothing along', async () => {
		const { docId, lis } = await stage.two();
		const tab = await stage.join(stage.cast.lis, docId);
		await tab.synced();
		const held = await holdDocument(stage.world, docId);
		lis.write('fra den ene');
		await appendsWait(stage.world);
		tab.write('fra den andre');
		await heardByServer(tab.provider);
		// Closed before anything of it is committed: what it had sent is.
		tab.destroy();
		await until(() => stage.server.rooms.get(docId)?.connections.size === 2);
		await held.release();
		await lis.committed();
		await until(() => lis.text().includes('fra den andre'));
		expect(await faultsOf(stage.world, docId, [lis], ['fra den ene', 'fra den andre'])).toEqual([]);
		const rows = await stage.world.owner
			.selectFrom('collab_update')
			.select(['user_id', 'conn_id'])
			.where('doc_id', '=', docId)
			.where('kind', '=', 'edit')
			.execute();
		expect(new Set(rows.map(({ user_id }) => user_id))).toEqual(new Set([stage.cast.lis.id]));
		expect(new Set(rows.map(({ conn_id }) => conn_id)).size).toBe(2);
	});
});
