import { randomUUID } from 'node:crypto';
import { dagINorge } from '#lib/domain/dager.ts';
import { KOMMUNAL_PLAN } from '#lib/domain/laering/katalog.ts';
import { insertSyntetiskLaering, type SyntetiskLis } from '#lib/server/demo/syntetisk-laering.ts';
import { sql } from '#lib/server/db/pool.ts';
import { findGjeldendeKatalogId, findKatalog } from '#lib/server/queries/katalog.ts';
import { listPlaner, type PlanRad } from '#lib/server/queries/plan.ts';
import type { Person, World } from './world.ts';

/** The municipal plan of a LIS. */
export async function planTil(world: World, lis: Person, plan = KOMMUNAL_PLAN): Promise<PlanRad> {
	const funnet = (await listPlaner(world.owner, lis.id)).findLast((en) => en.plan === plan);
	if (!funnet) throw new Error(`${lis.navn} has no ${plan}`);
	return funnet;
}

/** Takes the municipal plan of a LIS through weeks of work: `mal` says where each goal stands, all approved when it is left out. */
export async function gjorPlan(
	world: World,
	folk: { lis: Person; veileder: Person; leder: Person; supervisor: Person },
	resten: Partial<Pick<SyntetiskLis, 'mal' | 'delt' | 'bekreftet'>> = {}
): Promise<void> {
	const katalogId = await findGjeldendeKatalogId(world.owner, KOMMUNAL_PLAN, dagINorge(world.now));
	const katalog = await findKatalog(world.owner, katalogId ?? '');
	if (!katalog) throw new Error('no municipal plan');
	const { lis, veileder, leder, supervisor } = folk;
	await insertSyntetiskLaering(world.owner, [
		{
			...{ ...lis, veileder, leder, supervisor, katalog, start: world.past(60 * 24 * 150), slutt: world.past(60 * 24) },
			mal: new Map(katalog.mal.map(({ kode }) => [kode, 'godkjent'])),
			...resten
		}
	]);
}

/** A published plan with one goal of the municipal one. */
export async function nyPlan(world: World, plan = `ekstra-${randomUUID().slice(0, 8)}`): Promise<string> {
	const id = randomUUID();
	const rad = { id, plan, versjon: 1, navn_nb: 'Ekstra plan', navn_nn: 'Ekstra plan', opprettet_at: world.now };
	await world.owner
		.insertInto('katalog')
		.values({ ...rad, gyldig_fra: '2020-01-01', status: 'utkast' })
		.execute();
	await sql`insert into katalog_mal select ${id}, kode, 1, tema_nb, tema_nn, tittel_nb, tittel_nn, nivaer, arenaer, false
		from katalog_mal m join katalog k on k.id = m.katalog_id where k.plan = ${KOMMUNAL_PLAN} and k.versjon = 2 and kode = 'KLK-001'`.execute(
		world.owner
	);
	await world.owner
		.updateTable('katalog')
		.set({ status: 'publisert', publisert_at: world.now })
		.where('id', '=', id)
		.execute();
	return plan;
}
