import { afterAll, beforeAll, expect, test } from 'vitest';
import { begynnFerdigstilling } from '#lib/server/commands/ferdigstill-samtale.ts';
import { listCollabDocs } from '#lib/server/queries/collab.ts';
import { appendElsewhere } from '../support/held.ts';
import { log, until } from '../support/realtime.ts';
import { World } from '../support/world.ts';
import { Room } from '../../ws-server/room.ts';
import { Store } from '../../ws-server/store.ts';

let world: World;
beforeAll(async () => {
	world = await World.create();
});
afterAll(() => world.destroy());

test('what is heard while a room reads the log is looked into when it has', async () => {
	const { veileder, lis } = await world.cast();
	const docId = await world.samtale(veileder, lis);
	const db = world.connect('lisk_ws');
	await appendElsewhere(world, db, docId, lis, 'skrevet');
	const peers = { committed: () => undefined, present: () => undefined };
	const room = new Room(docId, { store: new Store(db, log, () => new Date()), log, peers, wake: () => undefined });
	await room.load();
	expect(room.head?.state).toBe('open');

	// It has read that the samtale is open, and does not know that yet.
	const refresh = room.replica.refresh.bind(room.replica);
	const read = Promise.withResolvers<undefined>();
	const gate = Promise.withResolvers<undefined>();
	room.replica.refresh = async () => {
		const found = await refresh();
		room.replica.refresh = refresh;
		read.resolve(undefined);
		await gate.promise;
		return found;
	};
	const loading = room.load();
	await read.promise;
	await begynnFerdigstilling(await world.ctx(veileder), { samtaleId: docId });
	const [truth] = await listCollabDocs(db, [docId]);
	if (!truth) throw new Error('no document');
	await room.follow(truth);
	gate.resolve(undefined);
	await loading;
	await until(() => room.head?.state === 'closing');
});
