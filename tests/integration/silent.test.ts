import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HINT_CHANNEL, sendHint } from '#lib/server/db/hints.ts';
import { createDb, isUnavailable, sql } from '#lib/server/db/pool.ts';
import { Watch } from '#lib/server/db/watch.ts';
import { createLogger } from '#lib/server/log.ts';
import { startPgProxy, type PgProxy } from '../support/pg-proxy.ts';
import { until } from '../support/realtime.ts';
import { World } from '../support/world.ts';

const SILENT_MS = 400;

let world: World;
let proxy: PgProxy;
beforeEach(async () => {
	world = await World.create();
	proxy = await startPgProxy(world.url);
});
afterEach(async () => {
	await proxy.stop();
	await world.destroy();
});

test('a query whose answer never comes ends as one of which nobody knows what became; the next goes by another way', async () => {
	const { db } = createDb(proxy.url, 'lisk_ws', { max: 1, silentMs: SILENT_MS });
	const ask = () => sql<{ one: number }>`select 1 as one`.execute(db);
	await ask();
	// A connection that nobody asks anything may be silent.
	await sleep(2 * SILENT_MS);
	expect((await ask()).rows).toEqual([{ one: 1 }]);

	proxy.holdAnswers();
	const error: unknown = await ask().catch((failure: unknown) => failure);
	expect(isUnavailable(error)).toBe(true);
	proxy.cut();
	expect((await ask()).rows).toEqual([{ one: 1 }]);
	await db.destroy();
});

test('hints come again after the way to PostgreSQL was lost without a word', async () => {
	const heard: string[] = [];
	let listening = 0;
	const watch = new Watch({
		...{ name: 'test', databaseUrl: proxy.url, rolle: 'lisk_ws', channel: HINT_CHANNEL, pollMs: 60_000 },
		...{ log: createLogger('test', 'error'), pingMs: SILENT_MS, silentMs: SILENT_MS, look: () => Promise.resolve() },
		listening: () => (listening += 1),
		hint: (payload) => (heard.push(payload), false)
	});
	watch.start();
	await until(() => listening === 1);
	proxy.holdAnswers();
	// Nobody is told that this connection is gone; a new one gets no answer either until the way is there again.
	await sleep(3 * SILENT_MS);
	proxy.resume();
	await until(() => listening === 2);
	await sendHint(world.web, { docs: ['x'] });
	await until(() => heard.length > 0);
	await watch.stop();
});
