import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FeilKode } from '#lib/domain/feil.ts';
import { AppError } from '#lib/domain/feil.ts';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { foreslaTid } from '#lib/server/commands/foresla-tid.ts';
import { opprettSamtale } from '#lib/server/commands/opprett-samtale.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import { avvisForslag, godtaForslag } from '#lib/server/commands/svar-pa-forslag.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import type { Db } from '#lib/server/db/pool.ts';
import { appendBatches } from '#lib/server/queries/collab-append.ts';
import { findCollabDoc } from '#lib/server/queries/collab.ts';
import { findApentForslag } from '#lib/server/queries/forslag.ts';
import { faultsOfLog } from '../support/log-state.ts';
import { World } from '../support/world.ts';

const TID = { dato: '2026-11-24', fra: '14:30', til: '15:15', sted: 'Legekontoret' };

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
const count = async (table: 'samtale' | 'collab_doc' | 'hendelse' | 'samtale_forslag') =>
	(
		await world.owner
			.selectFrom(table)
			.select((eb) => eb.fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow()
	).n;
const forslag = async () => (await findApentForslag(world.web, id))?.id ?? 'none';

/** How the command ended: `ok`, or the code and reason of what it threw. */
async function outcome(command: Promise<unknown>): Promise<'ok' | FeilKode | `conflict: ${string}`> {
	try {
		await command;
		return 'ok';
	} catch (error) {
		if (!(error instanceof AppError)) throw error;
		return error.code === 'conflict' ? `conflict: ${error.detail.reason}` : error.code;
	}
}

const grunn = 'Sykdom';
const sted = { ...TID, sted: 'Et annet sted' };

describe('opprettSamtale', () => {
	test('makes the samtale, its people, its document and its event, in one', async () => {
		expect(await samtale()).toMatchObject({ lis_id: cast.lis.id, status: 'planlagt', dato: TID.dato, versjon: 1 });
		const people = await world.owner
			.selectFrom('samtale_deltaker')
			.select(['person_id', 'rolle', 'til'])
			.where('samtale_id', '=', id)
			.orderBy('rolle')
			.execute();
		expect(people).toEqual([
			{ person_id: cast.lis.id, rolle: 'lis', til: null },
			{ person_id: cast.veileder.id, rolle: 'veileder', til: null }
		]);
		expect(await findCollabDoc(world.web, id)).toMatchObject({ headSeq: 1, epoch: 1, state: 'open' });
		expect(await faultsOfLog(world.owner, id)).toEqual([]);
		expect(await events()).toMatchObject([
			{ type: 'samtale.opprettet', aktor_id: cast.veileder.id, aktor_rolle: 'veileder', lis_id: cast.lis.id, data: TID }
		]);
	});

	test('leaves nothing behind when any part of it fails', async () => {
		const before = [await count('samtale'), await count('collab_doc'), await count('hendelse')];
		// The database refuses the place, after the document was made.
		const langt = 'x'.repeat(300);
		await expect(opprettSamtale(veileder, { lisId: cast.lis.id, ...TID, sted: langt })).rejects.toThrow(
			/check constraint/
		);
		expect([await count('samtale'), await count('collab_doc'), await count('hendelse')]).toEqual(before);
	});

	test.each([
		['lis', 'forbidden'],
		['leder', 'forbidden'],
		['supervisor', 'not_found'],
		['hdir', 'not_found'],
		['drift', 'not_found'],
		['annenLis', 'not_found'],
		['annenVeileder', 'not_found']
	] as const)('%s: %s', async (who, code) => {
		expect(await outcome(opprettSamtale(await world.ctx(cast[who]), { lisId: cast.lis.id, ...TID }))).toBe(code);
	});

	test.each([randomUUID(), 'ikke-en-id', ''])('for «%s»: not_found', async (lisId) => {
		expect(await outcome(opprettSamtale(veileder, { lisId, ...TID }))).toBe('not_found');
	});
});

describe('settTidOgSted', () => {
	test('changes them, with what they were and are in the event', async () => {
		await settTidOgSted(veileder, { samtaleId: id, versjon: 1, ...sted });
		expect(await samtale()).toMatchObject({ sted: 'Et annet sted', versjon: 2 });
		expect((await events()).at(-1)).toMatchObject({
			type: 'samtale.flyttet',
			aktor_rolle: 'veileder',
			data: { fra: TID, til: sted },
			request_id: veileder.requestId,
			at: world.now
		});
	});

	test('whoever saw an older version is told, and changes nothing', async () => {
		await settTidOgSted(veileder, { samtaleId: id, versjon: 1, ...sted });
		const stale = settTidOgSted(veileder, { samtaleId: id, versjon: 1, ...TID });
		expect(await outcome(stale)).toBe('conflict: samtale_konflikt_endret');
		expect(await outcome(settTidOgSted(veileder, { samtaleId: id, versjon: Number.NaN, ...TID }))).toMatch(/^conflict/);
		expect(await samtale()).toMatchObject({ sted: 'Et annet sted', versjon: 2 });
		expect(await events()).toHaveLength(2);
	});

	test('of two at once with the same version one wins', async () => {
		const both = [sted, { ...TID, fra: '14:00' }].map((ny) =>
			outcome(settTidOgSted(veileder, { samtaleId: id, versjon: 1, ...ny }))
		);
		expect((await Promise.all(both)).sort()).toEqual(['conflict: samtale_konflikt_endret', 'ok']);
		expect((await samtale()).versjon).toBe(2);
	});
});

describe('foreslaTid and its answers', () => {
	const foresla = (dato = '2026-12-01', nyttSted: string | null = null) =>
		foreslaTid(lis, { samtaleId: id, dato, fra: '10:00', til: null, sted: nyttSted });

	test('a proposal changes nothing until it is accepted; accepted, it keeps the place unless it names one', async () => {
		await foresla();
		expect(await samtale()).toMatchObject({ dato: TID.dato, versjon: 1 });
		await godtaForslag(veileder, { samtaleId: id, forslagId: await forslag() });
		expect(await samtale()).toMatchObject({
			dato: '2026-12-01',
			fra: '10:00:00',
			til: null,
			sted: TID.sted,
			versjon: 2
		});
		expect((await events()).map((event) => event.type)).toEqual([
			'samtale.opprettet',
			'samtale.forslag',
			'samtale.forslag-godtatt'
		]);
	});

	test('declined, it leaves the date', async () => {
		await foresla('2026-12-01', 'Kaféen');
		await avvisForslag(veileder, { samtaleId: id, forslagId: await forslag() });
		expect(await samtale()).toMatchObject({ dato: TID.dato, sted: TID.sted, versjon: 1 });
		expect(await forslag()).toBe('none');
	});

	test('a new one replaces the open one: the answer to the old one finds it gone', async () => {
		await foresla();
		const first = await forslag();
		await foresla('2026-12-02');
		for (const answer of [godtaForslag, avvisForslag])
			for (const forslagId of [first, 'none', '', randomUUID()])
				expect(await outcome(answer(veileder, { samtaleId: id, forslagId }))).toBe(
					'conflict: samtale_konflikt_forslag_borte'
				);
		const all = await world.owner
			.selectFrom('samtale_forslag')
			.select(['dato', 'utfall'])
			.where('samtale_id', '=', id)
			.orderBy('dato')
			.execute();
		expect(all).toEqual([
			{ dato: '2026-12-01', utfall: 'erstattet' },
			{ dato: '2026-12-02', utfall: null }
		]);
	});

	test('20 proposals at once: all are kept, one stands open', async () => {
		const before = await count('samtale_forslag');
		await Promise.all(Array.from({ length: 20 }, (_, i) => foresla(`2026-12-${String(i + 1).padStart(2, '0')}`)));
		expect(await count('samtale_forslag')).toBe(before + 20);
		expect(await forslag()).not.toBe('none');
	});

	test('accepting and declining at once: one of them', async () => {
		await foresla();
		const forslagId = await forslag();
		const both = [godtaForslag, avvisForslag].map((answer) => outcome(answer(veileder, { samtaleId: id, forslagId })));
		expect((await Promise.all(both)).sort()).toEqual(['conflict: samtale_konflikt_forslag_borte', 'ok']);
	});

	test('avlys closes what stands open', async () => {
		await foresla();
		await avlysSamtale(veileder, { samtaleId: id, grunn });
		expect(await forslag()).toBe('none');
	});
});

/** Every verb on a samtale, as somebody would try it. */
const verbs: [name: string, run: (ctx: Ctx, samtaleId: string) => Promise<void>][] = [
	['settTidOgSted', (ctx, samtaleId) => settTidOgSted(ctx, { samtaleId, versjon: 1, ...sted })],
	['foreslaTid', (ctx, samtaleId) => foreslaTid(ctx, { samtaleId, ...TID })],
	['godtaForslag', (ctx, samtaleId) => godtaForslag(ctx, { samtaleId, forslagId: randomUUID() })],
	['avvisForslag', (ctx, samtaleId) => avvisForslag(ctx, { samtaleId, forslagId: randomUUID() })],
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
