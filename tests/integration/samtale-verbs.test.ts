import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import {
	avbrytFerdigstilling,
	begynnFerdigstilling,
	bekreftFerdigstilling
} from '#lib/server/commands/ferdigstill-samtale.ts';
import { foreslaTid } from '#lib/server/commands/foresla-tid.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import { avvisForslag, godtaForslag } from '#lib/server/commands/svar-pa-forslag.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { appendBatches } from '#lib/server/queries/collab-append.ts';
import { findCollabDoc } from '#lib/server/queries/collab.ts';
import { faultsOfLog } from '../support/log-state.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** Every verb on a samtale: who may, when it is too late, and when many try at once. */

const TID = { dato: '2026-11-24', fra: '14:30', til: '15:15', sted: 'Legekontoret' };
const grunn = 'Sykdom';

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let ws: Db;
let veileder: Ctx;
let lis: Ctx;
let id: string;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	ws = world.connect('lisk_ws');
	veileder = await world.ctx(cast.veileder);
	lis = await world.ctx(cast.lis);
});
beforeEach(async () => {
	id = await world.samtale(cast.veileder, cast.lis, TID);
});
afterAll(() => world.destroy());

const samtale = () => world.owner.selectFrom('samtale').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const events = () =>
	world.owner
		.selectFrom('hendelse')
		.select(['type', 'aktor_id', 'aktor_rolle', 'lis_id', 'data', 'request_id', 'at'])
		.where('objekt_id', '=', id)
		.orderBy('id')
		.execute();

/** Every verb on a samtale, as somebody would try it. */
const verbs: [name: string, run: (ctx: Ctx, samtaleId: string) => Promise<void>][] = [
	['settTidOgSted', (ctx, samtaleId) => settTidOgSted(ctx, { samtaleId, versjon: 1, ...TID })],
	['foreslaTid', (ctx, samtaleId) => foreslaTid(ctx, { samtaleId, ...TID })],
	['godtaForslag', (ctx, samtaleId) => godtaForslag(ctx, { samtaleId, forslagId: randomUUID() })],
	['avvisForslag', (ctx, samtaleId) => avvisForslag(ctx, { samtaleId, forslagId: randomUUID() })],
	['begynnFerdigstilling', (ctx, samtaleId) => begynnFerdigstilling(ctx, { samtaleId })],
	['avbrytFerdigstilling', (ctx, samtaleId) => avbrytFerdigstilling(ctx, { samtaleId })],
	[
		'bekreftFerdigstilling',
		(ctx, samtaleId) => bekreftFerdigstilling(ctx, { samtaleId, vist: { seq: 1, hash: '', versjon: 1, filer: '' } })
	],
	['avlysSamtale', (ctx, samtaleId) => avlysSamtale(ctx, { samtaleId, grunn })]
];

describe.each(verbs)('%s', (name, run) => {
	test.each(['leder', 'supervisor', 'hdir', 'drift', 'annenLis', 'annenVeileder'] as const)(
		'%s gets nowhere, and leaves no trace in the record',
		async (who) => {
			const before = [await samtale(), await events()];
			const expected = who === 'leder' ? 'forbidden' : 'not_found';
			expect(await outcome(run(await world.ctx(cast[who]), id))).toBe(expected);
			expect([await samtale(), await events()]).toEqual(before);
		}
	);

	test('is the veileder’s or the LIS’ own, not both', async () => {
		expect(await outcome(run(name === 'foreslaTid' ? veileder : lis, id))).toBe('forbidden');
	});

	test.each([randomUUID(), 'ikke-en-id', '', "' or 1=1", '../hjem'])('of «%s»: not_found', async (samtaleId) => {
		expect(await outcome(run(veileder, samtaleId))).toBe('not_found');
	});

	test('of an avlyst samtale: a conflict that says so', async () => {
		await avlysSamtale(veileder, { samtaleId: id, grunn });
		const before = [await samtale(), await events()];
		const who = name === 'foreslaTid' ? lis : veileder;
		expect(await outcome(run(who, id))).toBe('conflict: samtale_konflikt_avlyst');
		expect([await samtale(), await events()]).toEqual(before);
	});
});

describe('avlysSamtale', () => {
	test('50 at once: exactly one, with one event', async () => {
		const all = await Promise.all(
			Array.from({ length: 50 }, (_, i) => outcome(avlysSamtale(veileder, { samtaleId: id, grunn: `${grunn} ${i}` })))
		);
		expect(all.filter((one) => one === 'ok')).toHaveLength(1);
		expect(new Set(all)).toEqual(new Set(['ok', 'conflict: samtale_konflikt_avlyst']));
		expect((await events()).filter((event) => event.type === 'samtale.avlyst')).toMatchObject([
			{ data: { fra: 'planlagt', grunn: (await samtale()).avlyst_grunn } }
		]);
		expect((await findCollabDoc(world.web, id))?.state).toBe('cancelled');
	});

	test('racing the first word: never a deadlock, and one of the two legal ends', async () => {
		const word = firstWord();
		const ends = new Map<string, number>();
		for (let round = 0; round < 30; round++) {
			id = await world.samtale(cast.veileder, cast.lis);
			const append = () =>
				appendBatches(
					ws,
					[{ id, head: 1, epoch: 1, rows: [{ ...word, userId: cast.lis.id }] }],
					world.now.getTime() * 1000
				);
			const cancel = () => avlysSamtale(veileder, { samtaleId: id, grunn });
			const [first, second] = round % 2 === 0 ? [append, cancel] : [cancel, append];
			const answers = await Promise.all([first(), second()]);
			const answer = answers.flatMap((one) => one ?? [])[0];
			const types = (await events()).map((event) => event.type).slice(1);
			const end = `${answer?.outcome}: ${types.join(', ')}`;
			ends.set(end, (ends.get(end) ?? 0) + 1);
			expect((await samtale()).status).toBe('avlyst');
			expect((await findCollabDoc(world.web, id))?.headSeq).toBe(answer?.outcome === 'ok' ? 2 : 1);
			expect(await faultsOfLog(world.owner, id)).toEqual([]);
		}
		const legal = ['ok: samtale.aktiv, samtale.avlyst', 'closed: samtale.avlyst'];
		expect([...ends.keys()].filter((end) => !legal.includes(end))).toEqual([]);
	});
});

/** One row by the LIS that holds one paragraph. */
function firstWord() {
	const doc = new Y.Doc();
	const paragraph = new Y.XmlElement('paragraph');
	doc.getXmlFragment('referat').push([paragraph]);
	paragraph.push([new Y.XmlText('ord')]);
	return {
		...{ sessionId: randomUUID(), connId: randomUUID(), access: 1, kind: 'edit' as const },
		...{ upd: Y.encodeStateAsUpdate(doc), clients: [doc.clientID] }
	};
}
