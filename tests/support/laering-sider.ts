import { KOMMUNAL_PLAN } from '#lib/domain/laering/katalog.ts';
import { FORVALGT } from '#lib/domain/laering/rekkefolge.ts';
import { publiserKatalog } from '#lib/server/commands/katalog/publiser.ts';
import { nyttUtkast } from '#lib/server/commands/katalog/utkast.ts';
import type { Ctx } from '#lib/server/ctx.ts';
import { sql } from '#lib/server/db/pool.ts';
import { listBrukerIder } from '#lib/server/queries/synthetic-people.ts';
import { hentAktivitetSide, hentNyAktivitet } from '#lib/server/views/aktivitet.ts';
import { hentFremdrift } from '#lib/server/views/fremdrift.ts';
import { hentFremdriftsliste } from '#lib/server/views/fremdriftsliste.ts';
import { hentGodkjenning } from '#lib/server/views/godkjenning.ts';
import { hentHjem } from '#lib/server/views/hjem.ts';
import { hentKataloger, hentKatalogside } from '#lib/server/views/katalog.ts';
import { hentLaering } from '#lib/server/views/laering.ts';
import { hentLaeringsmalside } from '#lib/server/views/laeringsmal.ts';
import { hentMalSide } from '#lib/server/views/mal.ts';
import { hentPlanside } from '#lib/server/views/planer.ts';
import { hentSak, hentSaker } from '#lib/server/views/saker.ts';
import { hentSignering, hentVurdering } from '#lib/server/views/signering.ts';
import { hentUtdanningsplan } from '#lib/server/views/utdanningsplan.ts';
import { REGLER } from './filer.ts';
import type { Person, World } from './world.ts';

/** A page of læring, who opens it, and what it asks for. */
export type Laeringsside = { side: string; hvem: string; vis: (ctx: Ctx) => Promise<unknown> };
/** `hjem`: what gathers from all of them, for each who has one. */
export type Laeringssider = { sider: Laeringsside[]; hjem: Laeringsside[]; folk: Map<string, Person> };

/** LIS 1 of the load world with those who follow them, and the first LIS whose plan is shared. */
const LIS = 'last-lis-0001';
const DELT = 'last-lis-0040';
const FOLGERE = ['last-veileder-0001', 'last-leder-0001', 'last-supervisor-0001'] as const;

/**
 * Every page of læring, of the same people however large the load world of this database is. Publishes a version of the catalogue on which
 * nobody is, and begins the next one, so that Helsedirektoratet's pages have LIS to move and a draft.
 */
export async function laeringssider(world: World): Promise<Laeringssider> {
	const [veileder, leder, supervisor] = FOLGERE;
	const ider = await listBrukerIder(world.owner, [LIS, DELT, ...FOLGERE]);
	const hdir = await world.person('hdir', { fast: 'hdir' });
	const folk = new Map(
		[...ider].map(([brukernavn, id]): [string, Person] => [brukernavn, { id, brukernavn, navn: brukernavn }])
	).set('hdir', hdir);
	const id = ider.get(LIS) ?? '';
	const aktivitet = (status: string) =>
		forste(world, sql`laeringsaktivitet where lis_id = ${id} and status = ${status}`);
	const [kladd, sendt, signert, sak, kode, kodeSendt] = await Promise.all([
		aktivitet('kladd'),
		aktivitet('sendt'),
		aktivitet('signert'),
		forste(world, sql`plan_tildeling where lis_id = ${ider.get(DELT) ?? ''} and status = 'delt'`),
		forste(world, sql`maloppnaelse where lis_id = ${id} and status = 'godkjent'`, sql`kode`),
		forste(world, sql`maloppnaelse where lis_id = ${id} and status = 'sendt'`, sql`kode`)
	]);
	const { publisert, utkast } = await katalogversjoner(await world.ctx(hdir));
	const side = (navn: string, hvem: string, vis: Laeringsside['vis']): Laeringsside => ({ side: navn, hvem, vis });
	return {
		folk,
		hjem: [LIS, ...FOLGERE, 'hdir'].map((hvem) => side(`/hjem of ${hvem}`, hvem, (ctx) => hentHjem(ctx, null))),
		sider: [
			side('/laeringsmal', LIS, (ctx) => hentLaering(ctx, id)),
			side('/laeringsmal/[kode]', LIS, (ctx) => hentMalSide(ctx, kode, REGLER)),
			side('/laeringsmal/[kode], sent', LIS, (ctx) => hentMalSide(ctx, kodeSendt, REGLER)),
			side('/aktiviteter/ny', LIS, (ctx) => hentNyAktivitet(ctx, new URLSearchParams({ kode }))),
			side('/aktiviteter/[id], a draft', LIS, (ctx) => hentAktivitetSide(ctx, kladd, REGLER)),
			side('/aktiviteter/[id], sent', LIS, (ctx) => hentAktivitetSide(ctx, sendt, REGLER)),
			side('/aktiviteter/[id], signed', LIS, (ctx) => hentAktivitetSide(ctx, signert, REGLER)),
			side('/aktiviteter/[id], read by the veileder', veileder, (ctx) => hentAktivitetSide(ctx, signert, REGLER)),
			side('/signering and /signering/flere', supervisor, hentSignering),
			side('/signering/[id]', supervisor, (ctx) => hentVurdering(ctx, sendt)),
			side('/signering/[id], signed', supervisor, (ctx) => hentVurdering(ctx, signert)),
			side('/godkjenning', leder, hentGodkjenning),
			side('/fremdrift', veileder, (ctx) => hentFremdriftsliste(ctx, FORVALGT)),
			side('/veiledning/[lisId]/laeringsmal', veileder, (ctx) => hentLaeringsmalside(ctx, id)),
			side('/veiledning/[lisId]/fremdrift', leder, (ctx) => hentFremdrift(ctx, id)),
			side('/veiledning/[lisId]/utdanningsplan', veileder, (ctx) => hentUtdanningsplan(ctx, id)),
			side('/planer/[lisId]', leder, (ctx) => hentPlanside(ctx, id)),
			side('/katalog', 'hdir', hentKataloger),
			side('/katalog/[id], a draft', 'hdir', (ctx) => hentKatalogside(ctx, utkast)),
			side('/katalog/[id], published', 'hdir', (ctx) => hentKatalogside(ctx, publisert)),
			side('/katalog/saker', 'hdir', hentSaker),
			side('/katalog/saker/[planId]', 'hdir', (ctx) => hentSak(ctx, sak))
		]
	};
}

async function forste(world: World, fra: ReturnType<typeof sql>, felt = sql`id`): Promise<string> {
	const { rows } = await sql<{ verdi: string }>`select ${felt} as verdi from ${fra} limit 1`.execute(world.owner);
	if (!rows[0]) throw new Error('the load world lacks what a page of læring is about');
	return rows[0].verdi;
}

async function katalogversjoner(ctx: Ctx): Promise<{ publisert: string; utkast: string }> {
	const { id: publisert } = await nyttUtkast(ctx, { plan: KOMMUNAL_PLAN });
	await publiserKatalog(ctx, { id: publisert, gyldig_fra: '2030-09-01', overgang_til: null });
	const { id: utkast } = await nyttUtkast(ctx, { plan: KOMMUNAL_PLAN });
	return { publisert, utkast };
}
