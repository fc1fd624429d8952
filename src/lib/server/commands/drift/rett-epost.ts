import { AppError } from '#lib/domain/feil.ts';
import { erId } from '#lib/domain/id.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction } from '../../db/pool.ts';
import { koEpost } from '../../mail/ko.ts';
import { updateEpost } from '../../queries/drift.ts';
import { findKonto } from '../../queries/konto.ts';
import { insertHendelse } from '../../varsler/hendelse.ts';

/**
 * Drift corrects where a person's mail goes. Both addresses are told, for it is the security of an account that is not theirs to change
 * unseen (S18); one that stays the same tells nobody. The event holds no address. Throws `not_found`.
 */
export async function rettEpost(ctx: Ctx, { brukerId, epost }: { brukerId: string; epost: string }): Promise<void> {
	authorize(ctx.actor, 'portal.drift', { portal: true }, ctx.now);
	if (!erId(brukerId)) throw new AppError('not_found');
	await transaction(ctx.db, async (trx) => {
		const bruker = await findKonto(trx, brukerId);
		if (!bruker) throw new AppError('not_found');
		if (bruker.epost === epost) return;
		await updateEpost(trx, brukerId, epost);
		await insertHendelse(trx, {
			type: 'bruker.epost-rettet',
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: 'drift',
			objektId: brukerId,
			requestId: ctx.requestId
		});
		const { navn, sprak } = bruker;
		const data = { tidspunkt: ctx.now.toISOString() };
		for (const til of [bruker.epost, epost])
			await koEpost(
				trx,
				{ mal: 'epost_rettet', mottaker: { id: brukerId, navn, epost: til, sprak }, data, objektId: brukerId },
				ctx.now
			);
	});
}
