import { AppError } from '#lib/domain/feil.ts';
import { flyttMal } from '#lib/domain/laering/flytting.ts';
import type { Katalog, KatalogMal } from '#lib/domain/laering/katalog.ts';
import type { Ctx } from '../ctx.ts';
import { transaction, type Db } from '../db/pool.ts';
import { findKatalog, listKataloger } from '../queries/katalog.ts';
import { listMalForLis, lockLaering, updateMal, type MalEndring, type MalRad } from '../queries/maloppnaelse.ts';
import { findPlan, updatePlan, type PlanRad } from '../queries/plan.ts';
import { krevKatalog } from './lib/katalog.ts';
import { noter, oppdaterPlaner } from './lib/laering.ts';

/**
 * Helsedirektoratet moves LIS to a newer version of their plan, all of them or none. Aktiviteter stay as they are. An approval or what waits for one falls
 * where the text is stricter and carries over where it is not; goals that are gone keep their history. Throws a conflict for a plan that is archived or
 * stands on this version or a newer one already.
 */
export async function flyttTilVersjon(
	ctx: Ctx,
	{ planIder, katalogId }: { planIder: string[]; katalogId: string }
): Promise<void> {
	krevKatalog(ctx);
	const ider = [...new Set(planIder)];
	if (ider.length === 0) throw new AppError('invalid', { fields: { plan: 'katalog_feil_velg_lis' } });
	await transaction(ctx.db, async (trx) => {
		const til = await findKatalog(trx, katalogId);
		if (til?.status !== 'publisert') throw new AppError('not_found');
		const planer: PlanRad[] = [];
		for (const id of ider) {
			const plan = await findPlan(trx, id);
			if (plan?.plan !== til.plan) throw new AppError('not_found');
			planer.push(plan);
		}
		// In one order everywhere, so that two who move the same LIS never wait for each other.
		for (const lisId of [...new Set(planer.map((plan) => plan.lisId))].sort()) await lockLaering(trx, lisId);
		for (const { id } of planer) await flyttEn(trx, ctx, id, til);
	});
}

async function flyttEn(trx: Db, ctx: Ctx, planId: string, til: Katalog): Promise<void> {
	const plan = await findPlan(trx, planId, { forUpdate: true });
	if (!plan) throw new AppError('not_found');
	const versjoner = (await listKataloger(trx))
		.filter((en) => en.plan === til.plan && en.status === 'publisert')
		.reverse();
	const fra = versjoner.find(({ id }) => id === plan.katalogId);
	if (!fra || fra.versjon >= til.versjon || plan.status === 'arkivert')
		throw new AppError('conflict', { reason: 'katalog_konflikt_ingen_nyere' });
	const tekster = new Map<string, KatalogMal[]>();
	for (const { id } of versjoner) tekster.set(id, (await findKatalog(trx, id))?.mal ?? []);
	/** The texts from one version to the new one. */
	const kjede = (katalogId: string) => {
		const start = versjoner.findIndex(({ id }) => id === katalogId);
		const slutt = versjoner.findIndex(({ id }) => id === til.id);
		return versjoner.slice(Math.max(start, 0), slutt + 1).map(({ id }) => tekster.get(id) ?? []);
	};
	const egne = new Set((tekster.get(fra.id) ?? []).map(({ kode }) => kode));
	const mal = (await listMalForLis(trx, plan.lisId)).filter((ett) => egne.has(ett.kode));
	await updatePlan(trx, plan.id, { katalog_id: til.id });
	for (const ett of mal) await flyttEttMal(trx, ctx, ett, til.id, flyttMal(ett, kjede(ett.katalogId)));
	await noter(trx, ctx, {
		...{ type: 'plan.flyttet', rolle: 'hdir', lisId: plan.lisId, objektId: plan.id },
		data: { plan: plan.plan, fra: fra.id, til: til.id }
	});
	const koder = til.mal.map(({ kode }) => kode);
	await oppdaterPlaner(trx, ctx, plan.lisId, koder, 'hdir');
}

/** Without a row nothing was ever sent: the goal is read in the new words by its plan alone. */
async function flyttEttMal(
	trx: Db,
	ctx: Ctx,
	mal: MalRad,
	katalogId: string,
	flytting: ReturnType<typeof flyttMal>
): Promise<void> {
	if (mal.id === null || flytting === 'borte') return;
	const tomt: MalEndring = {
		...{ status: 'pagar', sendt_at: null, avgjort_at: null, avgjort_av: null, avgjort_rolle: null, grunn: null },
		...{ uten: null, uten_tekst: null, bekreftet_at: null, bekreftet_av: null }
	};
	if (flytting === 'behold') return updateMal(trx, mal.id, { katalog_id: katalogId });
	await updateMal(trx, mal.id, { katalog_id: katalogId, ...tomt });
	const { kode, status, versjon, avgjortAt, avgjortAv, uten, utenTekst, bekreftetAt } = mal;
	await noter(trx, ctx, {
		...{ type: 'mal.flyttet', rolle: 'hdir', lisId: mal.lisId, objektId: mal.id },
		data: {
			kode,
			fra: status,
			versjon,
			avgjortAt,
			avgjortAv,
			uten,
			utenTekst,
			bekreftetAt,
			fraKatalog: mal.katalogId,
			tilKatalog: katalogId
		}
	});
}
