import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HINT_CHANNEL, sendHint, type Hint } from '#lib/server/db/hints.ts';
import { transaction } from '#lib/server/db/pool.ts';
import { until } from '../support/realtime.ts';
import { World } from '../support/world.ts';

let world: World;
let listener: pg.Client;
const heard: Hint[] = [];

beforeAll(async () => {
	world = await World.create();
	listener = new pg.Client({ connectionString: world.url });
	await listener.connect();
	listener.on('notification', ({ payload }) => heard.push(JSON.parse(payload ?? '') as Hint));
	await listener.query(`listen ${HINT_CHANNEL}`);
});
afterAll(async () => {
	await listener.end();
	await world.destroy();
});

/** Sends with a transaction, and waits for all that comes of it. */
async function sent(docs: string[]): Promise<Hint[]> {
	heard.length = 0;
	const end = { okt: randomUUID() };
	await transaction(world.web, async (trx) => {
		await sendHint(trx, { docs });
		await sendHint(trx, end);
	});
	await until(() => heard.some((hint) => 'okt' in hint && hint.okt === end.okt));
	return heard.filter((hint) => 'docs' in hint);
}

const ids = (count: number) => Array.from({ length: count }, () => randomUUID());

test.each([1, 200, 201, 999])('%i documents are all hinted, however many payloads that takes', async (count) => {
	const docs = ids(count);
	const named = (await sent(docs)).flatMap((hint) => ('docs' in hint ? hint.docs : []));
	expect(named.toSorted()).toEqual(docs.toSorted());
});

test('of very many it is only said that all are to be looked at', async () => {
	expect(await sent(ids(5_000))).toEqual([{ docs: '*' }]);
});
