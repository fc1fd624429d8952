import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leggVedMerknad } from '#lib/server/commands/legg-ved-merknad.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { Historikk } from '#lib/server/endringslogg/historikk.ts';
import { findFinal } from '#lib/server/queries/collab.ts';
import { insertVeileder } from '#lib/server/queries/relasjon.ts';
import { hentEndringslogg } from '#lib/server/views/endringslogg.ts';
import { hentSamtaleSide } from '#lib/server/views/samtale.ts';
import { lagSigneringsnokkel } from '#lib/server/signatur/nokkel.ts';
import { hentSamtalePdf } from '#lib/server/views/samtale-pdf.ts';
import { readPdf } from '#lib/server/pdf/test-support.ts';
import { finalize, later, writtenSamtale } from '../support/finished.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** A merknad: text that came too late, laid beside a finished samtale as a document of its own. */

const nokkel = lagSigneringsnokkel(randomBytes(32));
const TEKST = 'Skrevet på bussen.\nUten nett.';

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let veileder: Ctx;
let id: string;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	id = await writtenSamtale(world, cast);
	const styrer = await world.ctx(cast.veileder);
	await finalize(styrer, id);
	[lis, veileder] = [await world.ctx(cast.lis), styrer].map((ctx) => later(ctx, 60_000)) as [Ctx, Ctx];
});
afterAll(() => world.destroy());

const rader = (samtaleId = id) =>
	world.owner
		.selectFrom('samtale_merknad')
		.select(['forfatter_id', 'tekst', 'created_at'])
		.where('samtale_id', '=', samtaleId)
		.execute();
const side = (ctx: Ctx) => hentSamtaleSide(ctx, id, { vent: () => Promise.resolve() });
const legg = (ctx: Ctx, samtaleId = id, tekst = TEKST) => outcome(leggVedMerknad(ctx, { samtaleId, tekst }));

test('nobody but those who took part: others do not know of it, the leder learns no more, and none before it is ferdigstilt', async () => {
	for (const [hvem, svar] of [
		['leder', 'not_found'],
		['annenLis', 'not_found'],
		['supervisor', 'not_found'],
		['hdir', 'not_found'],
		['drift', 'not_found']
	] as const) {
		expect([hvem, await legg(later(await world.ctx(cast[hvem]), 60_000))]).toEqual([hvem, svar]);
	}
	expect(await legg(lis, 'ikke-en-id')).toBe('not_found');
	const aktiv = await writtenSamtale(world, cast);
	expect(await legg(lis, aktiv)).toBe('conflict: samtale_konflikt_ikke_ferdigstilt');
	expect(await rader()).toEqual([]);
	expect(await rader(aktiv)).toEqual([]);
});

test('a new veileder whom it was shared with reads it, and lays nothing beside it; the database says so too', async () => {
	const ny = await world.person('ny');
	await insertVeileder(world.owner, [id], { personId: ny.id, now: new Date(lis.now.getTime() - 1000), til: null });
	const ctx = later(await world.ctx(ny), 60_000);
	expect((await side(ctx)).abilities.merk).toBe(false);
	expect(await legg(ctx)).toBe('forbidden');
	await expect(
		world.web
			.insertInto('samtale_merknad')
			.values({ id: crypto.randomUUID(), samtale_id: id, forfatter_id: ny.id, tekst: 'x', created_at: ctx.now })
			.execute()
	).rejects.toMatchObject({ code: 'LK001' });
	expect(await rader()).toEqual([]);
});

test('it stands under the samtale and in its PDF, the frozen document is the same, and the other is told', async () => {
	const before = await findFinal(world.owner, id);
	expect(await legg(lis)).toBe('ok');
	expect(await rader()).toEqual([{ forfatter_id: cast.lis.id, tekst: TEKST, created_at: lis.now }]);
	for (const ctx of [lis, veileder]) {
		const { merknader, abilities, dokument } = await side(ctx);
		expect(merknader).toMatchObject([{ tekst: TEKST, at: lis.now.toISOString(), av: { id: cast.lis.id } }]);
		expect(abilities.merk).toBe(true);
		expect(dokument).toMatchObject({ tilstand: 'ferdigstilt', sha256: before?.jsonSha256.toString('hex') });
	}
	expect(await findFinal(world.owner, id)).toEqual(before);

	const { innhold } = await hentSamtalePdf(veileder, id, nokkel);
	const { elements } = await readPdf(new Uint8Array(await new Response(innhold).arrayBuffer()));
	const said = elements.map(({ text }) => text);
	expect(said.slice(said.indexOf('Merknader lagt til etter ferdigstilling'))).toEqual(
		expect.arrayContaining(['Skrevet på bussen.', 'Uten nett.'])
	);

	const [hendelse] = await world.owner
		.selectFrom('hendelse')
		.selectAll()
		.where('type', '=', 'samtale.merknad')
		.where('objekt_id', '=', id)
		.execute();
	expect(hendelse).toMatchObject({ aktor_id: cast.lis.id, aktor_rolle: 'lis' });
	expect(JSON.stringify(hendelse)).not.toContain('bussen');
	const varsler = await world.owner
		.selectFrom('varsel')
		.select(['mottaker_id', 'type', 'sti'])
		.where('hendelse_id', '=', hendelse?.id ?? 0)
		.execute();
	expect(varsler).toContainEqual({ mottaker_id: cast.veileder.id, type: 'samtale.merknad', sti: `/samtaler/${id}` });
	expect(varsler.some(({ mottaker_id }) => mottaker_id === cast.lis.id)).toBe(false);
});

test('the endringslogg says who laid one beside it and when, and holds nothing of its text', async () => {
	const historikk = new Historikk({ databaseUrl: world.url });
	const { poster } = await hentEndringslogg(veileder, { samtaleId: id, historikk, foer: null }).finally(() =>
		historikk.close()
	);
	expect(poster[0]).toMatchObject({
		...{ slag: 'hendelse', hendelse: 'merknad' },
		...{ av: { id: cast.lis.id }, at: lis.now.toISOString() }
	});
	expect(JSON.stringify(poster)).not.toContain('bussen');
});

test('it stands: nobody changes or deletes it, the owner of the database neither', async () => {
	await expect(world.owner.updateTable('samtale_merknad').set({ tekst: 'annet' }).execute()).rejects.toMatchObject({
		code: 'LK001'
	});
	await expect(world.owner.deleteFrom('samtale_merknad').execute()).rejects.toMatchObject({ code: 'LK001' });
});

test('whose access has ended writes none, and is told when it ended', async () => {
	await world.owner
		.updateTable('samtale_deltaker')
		.set({ til: new Date(lis.now.getTime() + 1000) })
		.where('samtale_id', '=', id)
		.where('person_id', '=', cast.veileder.id)
		.execute();
	const etter = later(veileder, 5000);
	expect(await legg(etter)).toBe('ended');
	expect(await rader()).toHaveLength(1);
});
