import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { dagINorge } from '#lib/domain/dager.ts';
import { bekreftSkjema } from '#lib/domain/laering/bekreftelse.ts';
import { plussDager } from '#lib/domain/laering/kalender.ts';
import { feltfeil } from '#lib/domain/samtale/skjema.ts';
import { fremdriftSomCsv } from '#lib/i18n/fremdrift-csv.ts';
import { sql } from '#lib/server/db/pool.ts';
import { bekreftTjeneste } from '#lib/server/commands/bekreft-tjeneste.ts';
import { registrerFravaer } from '#lib/server/commands/registrer-fravaer.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { readPdf } from '#lib/server/pdf/test-support.ts';
import { hentFremdrift } from '#lib/server/views/fremdrift.ts';
import { hentBekreftelsePdf, hentFremdriftPdf } from '#lib/server/views/fremdrift-papir.ts';
import { outcome } from '../support/outcome.ts';
import { hendelser, mal } from '../support/signering.ts';
import { World } from '../support/world.ts';

/** The papers about a LIS: the report of progress, and the leder's confirmation of the service. */

let world: World;
let cast: Awaited<ReturnType<World['cast']>>;
let ctx: Record<'lis' | 'veileder' | 'leder', Ctx>;
beforeAll(async () => {
	world = await World.create();
});
beforeEach(async () => {
	cast = await world.cast();
	await sql`update lis set start_dato = ${dag(-180)} where bruker_id = ${cast.lis.id}`.execute(world.owner);
	await sql`update bruker set navn = 'Áile Ŋøstvold Čuđđi' where id = ${cast.lis.id}`.execute(world.owner);
	const [lis, veileder, leder] = await Promise.all([
		world.ctx(cast.lis),
		world.ctx(cast.veileder),
		world.ctx(cast.leder)
	]);
	ctx = { lis, veileder, leder };
});
afterAll(() => world.destroy());

const dag = (fra: number) => plussDager(dagINorge(world.now), fra);
const bytes = async ({ innhold }: { innhold: ReadableStream<Uint8Array> }) =>
	new Uint8Array(await new Response(innhold).arrayBuffer());
const ny = () => ({ lisId: cast.lis.id, fra: dag(-180), til: dag(-1), merknad: null as string | null });

describe('confirming the service', () => {
	test('is the leder’s: others who follow are refused, all else know of nothing', async () => {
		expect(await outcome(bekreftTjeneste(ctx.lis, ny()))).toBe('forbidden');
		expect(await outcome(bekreftTjeneste(ctx.veileder, ny()))).toBe('forbidden');
		for (const person of [cast.supervisor, cast.hdir, cast.drift, cast.annenLis, cast.annenVeileder])
			expect(await outcome(bekreftTjeneste(await world.ctx(person), ny()))).toBe('not_found');
		expect((await hentFremdrift(ctx.lis, cast.lis.id)).bekreftelser).toEqual([]);
	});

	test('leaves an event, and is done once however often it is sent', async () => {
		const svar = await Promise.all(Array.from({ length: 20 }, () => outcome(bekreftTjeneste(ctx.leder, ny()))));
		expect(svar.filter((en) => en === 'ok')).toHaveLength(1);
		expect(svar.filter((en) => en === 'conflict: fremdrift_konflikt_bekreftet')).toHaveLength(19);
		const [rad] = (await hentFremdrift(ctx.lis, cast.lis.id)).bekreftelser;
		expect(await hendelser(world, { objektId: rad?.id ?? '' })).toMatchObject([
			{ type: 'tjeneste.bekreftet', aktor_rolle: 'leder', data: { fra: dag(-180), til: dag(-1) } }
		]);
	});

	test('of days to come is refused by the form', () => {
		const feil = (til: string) => {
			const lest = v.safeParse(bekreftSkjema(dag(0)), { fra: dag(-180), til, merknad: '' });
			return lest.success ? null : feltfeil(lest.issues);
		};
		expect(feil(dag(0))).toBeNull();
		expect(feil(dag(1))).toEqual({ til: 'fremdrift_feil_til_framtid' });
		expect(feil(dag(-181))).toEqual({ til: 'fremdrift_feil_til_for_fra' });
	});

	test('gives a paper that the LIS and the leder can fetch again, the same bytes each time', async () => {
		const { id } = await bekreftTjeneste(ctx.leder, { ...ny(), merknad: 'Godt gjort.\nTakk.' });
		const en = await bytes(await hentBekreftelsePdf(ctx.lis, cast.lis.id, id));
		const senere = { ...ctx.leder, now: new Date(world.now.getTime() + 3_600_000) };
		expect(await bytes(await hentBekreftelsePdf(senere, cast.lis.id, id))).toEqual(en);
		const { marked, text, pages } = await readPdf(en);
		expect(marked).toBe(true);
		for (const ord of ['Áile Ŋøstvold Čuđđi', cast.leder.navn, 'Godt gjort.', 'Takk.']) expect(text).toContain(ord);
		expect(text).not.toContain('□');
		expect(pages.map(({ stray }) => stray.trim()).join('')).toBe('');
	}, 60_000);

	test('the paper is nobody else’s, and no other LIS’ by its id', async () => {
		const { id } = await bekreftTjeneste(ctx.leder, ny());
		expect(await outcome(hentBekreftelsePdf(ctx.veileder, cast.lis.id, id))).toBe('forbidden');
		const annen = await world.ctx(cast.annenLis);
		expect(await outcome(hentBekreftelsePdf(annen, cast.lis.id, id))).toBe('not_found');
		expect(await outcome(hentBekreftelsePdf(annen, cast.annenLis.id, id))).toBe('not_found');
		expect(await outcome(hentBekreftelsePdf(ctx.lis, cast.lis.id, 'x'))).toBe('not_found');
	});
});

describe('the report', () => {
	test('says in a tagged PDF what the page says, to each what they may see', async () => {
		await mal(world, cast.lis, 'KLK-001', 'godkjent', cast.leder);
		await mal(world, cast.lis, 'KLK-002', 'sendt', cast.leder);
		await registrerFravaer(ctx.lis, { lisId: cast.lis.id, slag: 'sykdom', fra: dag(-9), til: dag(-3), prosent: 100 });
		const egen = await readPdf(await bytes(await hentFremdriftPdf(ctx.lis, cast.lis.id)));
		const { mal: alle } = await hentFremdrift(ctx.lis, cast.lis.id);
		for (const ord of ['Áile Ŋøstvold Čuđđi', cast.leder.navn, 'Sykdom', ...alle.map(({ kode }) => kode)])
			expect(egen.text).toContain(ord);
		expect(egen.pages.map(({ stray }) => stray.trim()).join('')).toBe('');
		const lederens = await readPdf(await bytes(await hentFremdriftPdf(ctx.leder, cast.lis.id)));
		expect(lederens.text).not.toContain('Sykdom:');
		expect(lederens.text).toContain('Annet fravær');
		expect(await outcome(hentFremdriftPdf(await world.ctx(cast.supervisor), cast.lis.id))).toBe('not_found');
	}, 60_000);

	test('has each goal as a row in CSV, and runs nothing that somebody is called', async () => {
		await mal(world, cast.lis, 'KLK-001', 'godkjent', cast.leder);
		const { mal: alle } = await hentFremdrift(ctx.lis, cast.lis.id);
		const linjer = fremdriftSomCsv(alle, '=CMD()').slice(1).trimEnd().split('\r\n');
		expect(linjer).toHaveLength(alle.length + 1);
		expect(linjer.find((linje) => linje.includes(';KLK-001;'))).toMatch(
			new RegExp(`^'=CMD\\(\\);KLK-001;.*;${dag(0)}$`)
		);
	});
});
