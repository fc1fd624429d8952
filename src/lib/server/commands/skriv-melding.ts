import { randomUUID } from 'node:crypto';
import { gjelder, type FastRolle, type Rolle } from '#lib/domain/actor.ts';
import { dagINorge } from '#lib/domain/dager.ts';
import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { insertMelding, trekkMelding as trekk } from '../queries/melding.ts';
import { insertHendelse } from '../varsler/hendelse.ts';

/** S4: Helsedirektoratet or drift announces something to those in the roles it is for, from a day on. Throws `not_found` for everybody else. */
export async function skrivMelding(
	ctx: Ctx,
	ny: { tittel: string; tekst: string; roller: Rolle[]; fra: string | null; til: string | null }
): Promise<{ id: string }> {
	const rolle = krev(ctx);
	const fra = ny.fra ?? dagINorge(ctx.now);
	if (ny.til !== null && ny.til < fra) throw new AppError('invalid', { fields: { til: 'melding_feil_til' } });
	const id = randomUUID();
	await transaction(ctx.db, async (trx) => {
		await insertMelding(trx, { ...ny, id, fra, av: ctx.actor.brukerId, rolle, now: ctx.now });
		await insertHendelse(trx, {
			...{ type: 'melding.publisert', at: ctx.now, aktorId: ctx.actor.brukerId, aktorRolle: rolle, objektId: id },
			...{ data: { roller: ny.roller, fra, til: ny.til }, requestId: ctx.requestId }
		});
	});
	return { id };
}

/** Takes an announcement away. Throws `not_found` when it does not stand. */
export async function trekkMelding(ctx: Ctx, { id }: { id: string }): Promise<void> {
	const rolle = krev(ctx);
	await transaction(ctx.db, async (trx) => {
		if (!(await trekk(trx, id, ctx.now))) throw new AppError('not_found');
		await insertHendelse(trx, {
			...{ type: 'melding.trukket', at: ctx.now, aktorId: ctx.actor.brukerId, aktorRolle: rolle, objektId: id },
			requestId: ctx.requestId
		});
	});
}

/** In which role; Helsedirektoratet's word before drift's, for somebody who is both. */
function krev({ actor, now }: Ctx): FastRolle {
	authorize(actor, 'melding.skriv', { portal: true }, now);
	return actor.fasteRoller.some((fast) => fast.rolle === 'hdir' && gjelder(fast, now)) ? 'hdir' : 'drift';
}
