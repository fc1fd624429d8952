import { describe, expect, test } from 'vitest';
import { loggUt } from '#lib/server/commands/logg-ut.ts';
import { lesOkt } from '#lib/server/auth/okter.ts';
import { sql } from '#lib/server/db/pool.ts';
import { holdDocument } from '../support/held.ts';
import { Client, until } from '../support/realtime.ts';
import { faultsOf, occurrences } from '../support/samtale-room.ts';
import { setNodes } from '../support/nodes.ts';

/** Two ws-servers on one database (collab.md, «Several nodes»). */
const nodes = setNodes();

const rejects = (docId: string) =>
	nodes.world.owner.selectFrom('collab_reject').select(['user_id', 'reason']).where('doc_id', '=', docId).execute();

/** Milliseconds until it is so. */
async function timed(condition: () => boolean): Promise<number> {
	const start = performance.now();
	await until(condition);
	return performance.now() - start;
}

describe('what is written on one node', () => {
	test('is seen on the other at once by the hints, and within the poll without them', async () => {
		const { docId, lis, veileder } = await nodes.two();
		lis.write('med hint');
		expect(await timed(() => occurrences(veileder, 'med hint') === 1)).toBeLessThan(1_000);
		nodes.loseHints();
		lis.write('uten hint');
		expect(await timed(() => occurrences(veileder, 'uten hint') === 1)).toBeLessThan(3_000);
		expect(await faultsOf(nodes.world, docId, [lis, veileder], ['innledning', 'med hint', 'uten hint'])).toEqual([]);
	});

	test('is there for whoever joins the other a moment later, though it has heard of nothing', async () => {
		const { docId, lis } = await nodes.two();
		nodes.loseHints();
		for (let round = 0; round < 5; round++) {
			lis.write(`ord-${round}-`);
			await lis.committed();
			const joiner = await nodes.join(1, nodes.cast.veileder, docId);
			await joiner.synced();
			expect(occurrences(joiner, `ord-${round}-`)).toBe(1);
			joiner.destroy();
		}
	});

	test('may be built on by somebody who moves to the other, and offers all that this one lacks', async () => {
		const { docId, lis, veileder } = await nodes.two();
		nodes.loseHints();
		const mover = await nodes.join(0, nodes.cast.veileder, docId);
		await mover.synced();
		lis.firstText().insert(0, 'Først: ');
		await until(() => mover.text().includes('Først'));
		mover.provider.disconnect();
		mover.firstText().insert(3, 'midt i ');
		const moved = await nodes.join(1, nodes.cast.veileder, docId, { doc: mover.doc });
		await moved.synced();
		await moved.committed();
		await until(() => occurrences(lis, 'midt i') === 1);
		expect(await faultsOf(nodes.world, docId, [lis, veileder, moved], ['innledning', 'midt i'])).toEqual([]);
		expect(await rejects(docId)).toEqual([]);
	});

	test('may be built on by a stock client that has it from another tab, before this node has heard of it', async () => {
		const { docId, lis, veileder } = await nodes.two();
		nodes.loseHints();
		const other = await nodes.join(0, nodes.cast.veileder, docId);
		const tab = await nodes.join(1, nodes.cast.veileder, docId, { params: { lagret: '1' } });
		await Promise.all([other.synced(), tab.synced()]);
		await tab.committed();
		other.doc.on('update', (update: Uint8Array) => tab.receive(update));
		lis.firstText().insert(0, 'Først: ');
		await until(() => tab.text().includes('Først'));
		tab.firstText().insert(3, 'midt i ');
		await tab.committed();
		expect(await faultsOf(nodes.world, docId, [lis, veileder, tab], ['innledning', 'midt i'])).toEqual([]);
		expect(await rejects(docId)).toEqual([]);
	});
});

test('both write at once, on both nodes, all the time: each word is there once', { timeout: 60_000 }, async () => {
	const { docId, lis, veileder } = await nodes.two();
	const words: string[] = [];
	for (let round = 0; round < 40; round++) {
		for (const [client, mark] of [
			[lis, 'l'],
			[veileder, 'v']
		] as const) {
			words.push(`${mark}${round}.`);
			client.firstText().insert(0, `${mark}${round}.`);
		}
		if (round % 5 === 4) await Promise.all([lis.committed(), veileder.committed()]);
	}
	await Promise.all([lis.committed(), veileder.committed()]);
	expect(await faultsOf(nodes.world, docId, [lis, veileder], words)).toEqual([]);
	expect(await rejects(docId)).toEqual([]);
});

test('a document that is locked elsewhere holds up no other', async () => {
	const [stuck, free] = [await nodes.two(), await nodes.two()];
	const held = await holdDocument(nodes.world, stuck.docId);
	stuck.lis.write('venter');
	const waits = stuck.lis.committed();
	for (let round = 0; round < 10; round++) {
		free.lis.write(`fri-${round}-`);
		await free.lis.committed();
	}
	expect(stuck.lis.saved).toBe(1);
	await held.release();
	await waits;
	expect(await faultsOf(nodes.world, stuck.docId, [stuck.lis, stuck.veileder], ['innledning', 'venter'])).toEqual([]);
});

describe('who is here', () => {
	const states = (client: Client) =>
		[...client.provider.awareness.getStates()]
			.filter(([id]) => id !== client.doc.clientID)
			.map(([, state]) => state as { user?: { navn: string }; cursor?: unknown });
	const names = (client: Client) => states(client).map(({ user }) => user?.navn);

	test('is seen on both nodes, with caret; and that they have gone', async () => {
		const { lis, veileder } = await nodes.two();
		const { cast } = nodes;
		await until(() => names(lis).includes(cast.veileder.navn) && names(veileder).includes(cast.lis.navn));
		const cursor = { anchor: { type: null, tname: 'referat', item: null, assoc: 0 }, head: null };
		lis.provider.awareness.setLocalStateField('cursor', cursor);
		await until(() => states(veileder).some((state) => JSON.stringify(state.cursor) === JSON.stringify(cursor)));
		lis.destroy();
		await until(() => names(veileder).length === 0);
	});

	test('is told to whoever comes later, and to those who were here when somebody moves to the other node', async () => {
		const { docId, lis, veileder } = await nodes.two();
		const { cast } = nodes;
		const late = await nodes.join(0, cast.lis, docId);
		await until(() => names(late).includes(cast.veileder.navn));
		veileder.provider.disconnect();
		await until(() => !names(lis).includes(cast.veileder.navn));
		await nodes.join(0, cast.veileder, docId, { doc: veileder.doc });
		await until(() => names(lis).includes(cast.veileder.navn));
	});

	test('is known again after hints were lost', async () => {
		const { lis, veileder } = await nodes.two();
		const { cast, proxies } = nodes;
		await until(() => names(lis).includes(cast.veileder.navn));
		for (const proxy of proxies) proxy.cut();
		await until(() => names(lis).includes(cast.veileder.navn) && names(veileder).includes(cast.lis.navn));
	});
});

describe('access that changes', () => {
	test.each([
		['with the hints', false, 1_000],
		['without them', true, 5_000]
	])('closes sockets on every node %s, in time', async (_how, lost, limitMs) => {
		const { docId, lis, veileder } = await nodes.two();
		const { world, cast } = nodes;
		const token = await world.login(cast.lis);
		const second = new Client(nodes.port(1), docId, token);
		await second.synced();
		if (lost) nodes.loseHints();
		const okt = await lesOkt(world.web, token, world.now);
		if (!okt) throw new Error('no session');
		const closed = second.closed();
		const start = performance.now();
		await loggUt(await world.ctx(cast.lis), okt);
		expect(await closed).toBe(4401);
		expect(performance.now() - start).toBeLessThan(limitMs);
		second.destroy();

		const shut = Promise.all([lis.closed(), veileder.closed()]);
		const then = performance.now();
		await world.owner.transaction().execute(async (trx) => {
			await trx.updateTable('samtale_deltaker').set({ til: world.now }).where('samtale_id', '=', docId).execute();
			await sql`select collab_access_changed(array[${docId}]::uuid[])`.execute(trx);
			await sql`select pg_notify('lisk', ${JSON.stringify({ docs: [docId] })})`.execute(trx);
		});
		expect(await shut).toEqual([4403, 4403]);
		expect(performance.now() - then).toBeLessThan(limitMs);
	});
});
