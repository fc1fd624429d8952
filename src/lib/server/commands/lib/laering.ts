import type { Rolle } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import { overgang, type PlanHandling } from '#lib/domain/laering/plan.ts';
import type { Action, Actions, AktivitetTilgang, MalTilgang } from '../../authz/actions.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';
import type { HendelseType } from '#lib/domain/hendelse.ts';
import { findAktivitet, type AktivitetRad } from '../../queries/laeringsaktivitet.ts';
import { findMal, lockLaering, type MalRad } from '../../queries/maloppnaelse.ts';
import { erAllGodkjent, lockPlanerMed, updatePlan, type PlanRad } from '../../queries/plan.ts';

type AktivitetAction = { [A in Action]: Actions[A] extends AktivitetTilgang ? A : never }[Action];
type MalAction = { [A in Action]: Actions[A] extends MalTilgang ? A : never }[Action];

/** The acts that an installation may want electronic ID for (trust.md, «Step-up»); signing by code always does (signer-med-kode.ts). */
const MED_EID: ReadonlySet<Action> = new Set<AktivitetAction | MalAction>([
	'aktivitet.vurder',
	'mal.avgjor',
	'mal.trekkGodkjenning',
	'mal.bekreft'
]);

/** Asked after `authorize`: who may not know of the thing learns nothing from it. */
function krevEid(ctx: Ctx, action: Action): void {
	if (ctx.manglerEid && MED_EID.has(action)) throw new AppError('conflict', { reason: 'signering_konflikt_eid' });
}

/** What an act on one thing of a LIS' record leaves in the event log. */
export type Spor = {
	type: HendelseType;
	rolle: Rolle;
	lisId: string;
	objektId?: string;
	data?: Record<string, unknown>;
};

/** Writes the event of an act by the one who acts. */
export function noter(trx: Db, ctx: Ctx, { type, rolle, lisId, objektId, data }: Spor): Promise<void> {
	return insertHendelse(trx, {
		...{ type, at: ctx.now, aktorId: ctx.actor.brukerId, aktorRolle: rolle, lisId, requestId: ctx.requestId },
		...(objektId === undefined ? {} : { objektId }),
		...(data === undefined ? {} : { data })
	});
}

/**
 * The frame of every verb on one aktivitet: one transaction that locks the LIS' record and then the row, authorizes on what is locked
 * and does the work. What it is in is settled in one order everywhere, so that no two acts wait for each other.
 */
export function paAktivitet<T>(
	ctx: Ctx,
	id: string,
	action: AktivitetAction,
	work: (trx: Db, aktivitet: AktivitetRad) => Promise<T>
): Promise<T> {
	return transaction(ctx.db, async (trx) => {
		const sett = await findAktivitet(trx, id);
		authorize(ctx.actor, action, sett, ctx.now);
		await lockLaering(trx, sett.lisId);
		const aktivitet = await findAktivitet(trx, id, { forUpdate: true });
		authorize(ctx.actor, action, aktivitet, ctx.now);
		krevEid(ctx, action);
		return work(trx, aktivitet);
	});
}

/** The frame of every verb on one læringsmål of a LIS; as `paAktivitet`. */
export function paMal<T>(
	ctx: Ctx,
	{ lisId, kode }: { lisId: string; kode: string },
	action: MalAction,
	work: (trx: Db, mal: MalRad) => Promise<T>
): Promise<T> {
	return transaction(ctx.db, async (trx) => {
		const mal = await laasMal(trx, ctx, { lisId, kode }, action);
		return work(trx, mal);
	});
}

/** One goal within a transaction, locked and authorized: for acts on several at once. */
export async function laasMal(
	trx: Db,
	ctx: Ctx,
	{ lisId, kode }: { lisId: string; kode: string },
	action: MalAction
): Promise<MalRad> {
	const sett = await findMal(trx, lisId, kode);
	authorize(ctx.actor, action, sett, ctx.now);
	await lockLaering(trx, lisId);
	const mal = await findMal(trx, lisId, kode);
	authorize(ctx.actor, action, mal, ctx.now);
	krevEid(ctx, action);
	return mal;
}

/** Something was done in the plans that have these goals: those not begun begin, those that had gone inactive go on. */
export async function begynnPlaner(
	trx: Db,
	ctx: Ctx,
	lisId: string,
	koder: string[],
	rolle: Rolle = 'lis'
): Promise<void> {
	for (const plan of await lockPlanerMed(trx, lisId, koder)) {
		if (plan.status === 'tildelt') await flyttPlan(trx, ctx, plan, 'begynn', rolle);
		else if (plan.status === 'inaktiv') await flyttPlan(trx, ctx, plan, 'vekk', rolle);
	}
}

/** A goal was approved, or no longer is: its plans are complete, or not any more. */
export async function oppdaterPlaner(trx: Db, ctx: Ctx, lisId: string, koder: string[], rolle: Rolle): Promise<void> {
	for (const plan of await lockPlanerMed(trx, lisId, koder)) {
		const alle = await erAllGodkjent(trx, plan.id);
		if (alle && plan.status === 'paabegynt') await flyttPlan(trx, ctx, plan, 'fullfor', rolle);
		else if (!alle && (plan.status === 'fullfort' || plan.status === 'delt'))
			await flyttPlan(trx, ctx, plan, 'gjenapne', rolle);
	}
}

const HENDELSE: Record<PlanHandling, HendelseType> = {
	slett: 'plan.slettet',
	begynn: 'plan.begynt',
	fullfor: 'plan.fullfort',
	gjenapne: 'plan.gjenapnet',
	del: 'plan.delt',
	arkiver: 'plan.arkivert',
	deaktiver: 'plan.deaktivert',
	vekk: 'plan.vekket'
};

/** Moves a plan on, with its event. Throws a conflict when its state does not allow it. */
export async function flyttPlan(
	trx: Db,
	ctx: Ctx,
	plan: PlanRad,
	handling: Exclude<PlanHandling, 'slett' | 'deaktiver'>,
	rolle: Rolle,
	data: Record<string, unknown> = {}
): Promise<void> {
	const status = overgang(plan.status, handling);
	const tider = {
		begynn: { paabegynt_at: ctx.now },
		fullfor: { fullfort_at: ctx.now },
		gjenapne: { fullfort_at: null, delt_at: null, behandlet_at: null },
		del: { delt_at: ctx.now },
		arkiver: { arkivert_at: ctx.now },
		vekk: { inaktiv_at: null, paabegynt_at: plan.paabegyntAt ?? ctx.now }
	}[handling];
	await updatePlan(trx, plan.id, { status, ...tider });
	const spor = { type: HENDELSE[handling], rolle, lisId: plan.lisId, objektId: plan.id };
	await noter(trx, ctx, { ...spor, data: { plan: plan.plan, fra: plan.status, ...data } });
}

/** The id of a goal's row; a goal without one has never been sent, which no act but sending allows. */
export function radId(mal: MalRad): string {
	if (mal.id === null) throw new AppError('conflict', { reason: 'laering_konflikt_mal_pagar' });
	return mal.id;
}
