import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { avlysSamtale } from '#lib/server/commands/avlys-samtale.ts';
import { foreslaTid } from '#lib/server/commands/foresla-tid.ts';
import { opprettSamtale } from '#lib/server/commands/opprett-samtale.ts';
import { settTidOgSted } from '#lib/server/commands/sett-tid-og-sted.ts';
import { avvisForslag, godtaForslag } from '#lib/server/commands/svar-pa-forslag.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { findCollabDoc } from '#lib/server/queries/collab.ts';
import { findApentForslag } from '#lib/server/queries/forslag.ts';
import { faultsOfLog } from '../support/log-state.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

const TID = { dato: '2026-11-24', fra: '14:30', til: '15:15', sted: 'Legekontoret' };

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let veileder: Ctx;
let lis: Ctx;
let id: string;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
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
