import type { Sprak } from '#lib/domain/actor.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { updateProfil } from '../queries/konto.ts';

/** How one can be reached, and in which language one reads. One's own only. */
export async function endreProfil(
	ctx: Ctx,
	profil: { mobil: string | null; stilling: string | null; sprak: Sprak }
): Promise<void> {
	await transaction(ctx.db, async (trx) => {
		await updateProfil(trx, ctx.actor.brukerId, profil);
		await insertHendelse(trx, {
			type: 'bruker.profil-endret',
			at: ctx.now,
			aktorId: ctx.actor.brukerId,
			aktorRolle: null,
			objektId: ctx.actor.brukerId,
			requestId: ctx.requestId
		});
	});
}
