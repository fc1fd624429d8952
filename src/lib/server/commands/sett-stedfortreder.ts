import type { RelasjonRolle } from '#lib/domain/actor.ts';
import { dagINorge, oyeblikkINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { findMottaker } from '../queries/registrering.ts';
import { lockLis } from '../queries/relasjon.ts';
import { inviterNy } from './lib/invitasjon.ts';

const DAG_MS = 24 * 60 * 60 * 1000;
/** A deputy stands in for a holiday or a leave, not for good. Days. */
const LENGST_DAGER = 366;

export type Stedfortreder = { lisId: string; rolle: RelasjonRolle; navn: string; epost: string; til: string };

/**
 * Whoever follows a LIS invites a deputy for themself, to the end of a day (YYYY-MM-DD in Norway). Throws `invalid` when that day is
 * past or more than a year ahead.
 */
export async function settStedfortreder(ctx: Ctx, ny: Stedfortreder & { nokkel: Uint8Array }): Promise<void> {
	if (!erId(ny.lisId)) throw new AppError('not_found');
	authorize(ctx.actor, 'stedfortreder.sett', { lisId: ny.lisId, rolle: ny.rolle, til: null }, ctx.now);
	const senest = dagINorge(new Date(ctx.now.getTime() + LENGST_DAGER * DAG_MS));
	if (ny.til < dagINorge(ctx.now) || ny.til > senest)
		throw new AppError('invalid', { fields: { til: 'folk_feil_til' } });
	const dagenEtter = dagINorge(new Date(oyeblikkINorge(ny.til, '12:00').getTime() + DAG_MS));
	const til = oyeblikkINorge(dagenEtter, '00:00');
	await transaction(ctx.db, async (trx) => {
		await lockLis(trx, ny.lisId);
		const lis = await findMottaker(trx, ny.lisId);
		if (!lis) throw new AppError('not_found');
		const h = { aktorId: ctx.actor.brukerId, aktorRolle: ny.rolle, now: ctx.now, requestId: ctx.requestId };
		const { navn, epost, nokkel } = ny;
		await inviterNy(
			trx,
			{ lis, navn, epost, nokkel, sprak: ctx.actor.sprak, roller: [{ rolle: ny.rolle, til }], delTidligere: false },
			h
		);
	});
}
