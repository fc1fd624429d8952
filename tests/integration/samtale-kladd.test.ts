import { afterAll, beforeAll, expect, test } from 'vitest';
import { lagreSamtaleKladd, slettSamtaleKladd } from '#lib/server/commands/samtale-kladd.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { hentSamtaleSide } from '#lib/server/views/samtale.ts';
import { finalize, later, writtenSamtale } from '../support/finished.ts';
import { outcome } from '../support/outcome.ts';
import { World } from '../support/world.ts';

/** One's own note on a samtale: nobody else is given it, and it leaves no trace. */

const TEKST = 'Bare for meg: nervøs for vakten.';

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let lis: Ctx;
let veileder: Ctx;
let samtaleId: string;

beforeAll(async () => {
	world = await World.create();
	cast = await world.cast();
	samtaleId = await writtenSamtale(world, cast);
	[lis, veileder] = await Promise.all([world.ctx(cast.lis), world.ctx(cast.veileder)]);
});
afterAll(() => world.destroy());

const side = (ctx: Ctx) => hentSamtaleSide(ctx, samtaleId, { vent: () => Promise.resolve() });
const lagre = (ctx: Ctx, tekst: string | null, versjon: number) =>
	outcome(lagreSamtaleKladd(ctx, { samtaleId, hvem: ctx.actor.brukerId, tekst, versjon }));
const rader = () => world.owner.selectFrom('samtale_kladd').select(['bruker_id', 'tekst', 'versjon']).execute();

test('nobody else has a note on it: others do not know of the samtale', async () => {
	for (const hvem of ['leder', 'annenLis', 'annenVeileder', 'supervisor', 'hdir', 'drift'] as const) {
		const ctx = await world.ctx(cast[hvem]);
		expect([hvem, await lagre(ctx, TEKST, 0)]).toEqual([hvem, 'not_found']);
		expect([hvem, await outcome(slettSamtaleKladd(ctx, { samtaleId }))]).toEqual([hvem, 'not_found']);
	}
	expect(await rader()).toEqual([]);
});

test('each has their own: the other is not given it, and neither an event nor a notification tells of it', async () => {
	const before = await world.owner.selectFrom('hendelse').select('id').execute();
	expect(await lagreSamtaleKladd(lis, { samtaleId, hvem: cast.lis.id, tekst: TEKST, versjon: 0 })).toEqual({
		versjon: 1
	});
	expect((await side(lis)).kladd).toEqual({ tekst: TEKST, versjon: 1 });
	expect((await side(veileder)).kladd).toEqual({ tekst: '', versjon: 0 });
	expect(JSON.stringify(await side(veileder))).not.toContain('nervøs');
	expect(await lagre(veileder, 'Karis egen.', 0)).toBe('ok');
	expect((await side(lis)).kladd.tekst).toBe(TEKST);
	expect(await outcome(slettSamtaleKladd(veileder, { samtaleId }))).toBe('ok');
	expect(await rader()).toEqual([{ bruker_id: cast.lis.id, tekst: TEKST, versjon: 1 }]);
	expect(await world.owner.selectFrom('hendelse').select('id').execute()).toEqual(before);
});

test('what was written in another window is not overwritten', async () => {
	expect(await lagre(lis, 'En annen fane.', 0)).toBe('conflict: aktivitet_konflikt_endret');
	expect(await lagre(lis, `${TEKST} Mer.`, 1)).toBe('ok');
	expect(await lagre(lis, 'For gammel.', 1)).toBe('conflict: aktivitet_konflikt_endret');
	expect(await lagre(lis, null, 1)).toBe('conflict: aktivitet_konflikt_endret');
	expect((await side(lis)).kladd).toEqual({ tekst: `${TEKST} Mer.`, versjon: 2 });
});

test('a page that somebody else left open saves nothing under one’s own name', async () => {
	const fraLis = { samtaleId, hvem: cast.lis.id, tekst: 'Noras.', versjon: 0 };
	expect(await outcome(lagreSamtaleKladd(veileder, fraLis))).toBe('conflict: aktivitet_konflikt_annen');
});

test('an empty one is taken away', async () => {
	expect(await lagre(lis, null, 2)).toBe('ok');
	expect(await rader()).toEqual([]);
	expect(await lagre(lis, TEKST, 0)).toBe('ok');
});

test('when the samtale is ferdigstilt it stays its owner’s, to read and to delete', async () => {
	await finalize(veileder, samtaleId);
	const etter = later(lis, 60_000);
	expect((await side(etter)).kladd.tekst).toBe(TEKST);
	expect((await side(etter)).abilities.kladd).toBe(false);
	expect(await lagre(etter, 'Mer.', 1)).toBe('conflict: samtale_konflikt_ferdigstilt');
	expect(JSON.stringify(await side(later(veileder, 60_000)))).not.toContain('nervøs');
	expect(await outcome(slettSamtaleKladd(etter, { samtaleId }))).toBe('ok');
	expect(await rader()).toEqual([]);
});
