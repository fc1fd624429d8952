import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import type { Historikk } from '../endringslogg/historikk.ts';
import type { RawRestore } from '../endringslogg/protocol.ts';
import { restoreCollabDoc } from '../queries/collab.ts';
import { findSamtale } from '../queries/samtale.ts';
import { endreSamtale } from './lib/endre-samtale.ts';

/** How often it is tried anew when somebody wrote in the meantime. */
const ATTEMPTS = 5;

/**
 * «Gjenopprett»: a new change, by the person who does it, that makes both parts look as they did after row `seq`. Nothing is taken
 * out of the log. Throws `not_found` for an unknown version, a conflict when it looks like that already, is being finished, or people
 * write faster than it can be done, and `unavailable`.
 */
export async function gjenopprettVersjon(
	ctx: Ctx,
	{ samtaleId, seq, historikk }: { samtaleId: string; seq: number; historikk: Historikk }
): Promise<void> {
	if (!erId(samtaleId)) throw new AppError('not_found');
	authorize(ctx.actor, 'samtale.skriv', await findSamtale(ctx.db, samtaleId), ctx.now);
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const plan = await historikk.ask({ what: 'restore', docId: samtaleId, seq });
		if (!plan) throw new AppError('not_found');
		if (await append(ctx, samtaleId, seq, plan)) return;
	}
	throw new AppError('conflict', { reason: 'felles_feil_conflict' });
}

/** False when somebody wrote in the meantime. */
async function append(ctx: Ctx, samtaleId: string, seq: number, plan: RawRestore): Promise<boolean> {
	const { upd, head, epoch, clientId } = plan;
	if (plan.tooLarge) throw new AppError('conflict', { reason: 'endringslogg_konflikt_for_stort' });
	if (upd === null) throw new AppError('conflict', { reason: 'endringslogg_konflikt_samme' });
	try {
		await endreSamtale(ctx, samtaleId, 'samtale.skriv', 'samtale.gjenopprettet', async (trx, samtale) => {
			const { actor, now } = ctx;
			const row = { docId: samtale.id, head, epoch, userId: actor.brukerId, now, clientId, upd };
			const outcome = await restoreCollabDoc(trx, row);
			if (outcome === 'closing') throw new AppError('conflict', { reason: 'samtale_konflikt_ferdigstilles' });
			if (outcome === 'closed') throw new AppError('conflict', { reason: 'samtale_konflikt_ferdigstilt' });
			if (outcome !== 'ok') throw new Behind();
			return { versjon: seq, rad: head + 1 };
		});
	} catch (error) {
		if (error instanceof Behind) return false;
		throw error;
	}
	return true;
}

/** Takes the transaction back. */
class Behind extends Error {}
