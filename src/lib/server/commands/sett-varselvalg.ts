import type { Innstillinger } from '#lib/domain/varsel/skjema.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { settEpostvalg, settValg } from '../queries/varselvalg.ts';
import { insertHendelse } from '../varsler/hendelse.ts';

/** S17: what one is told, and how; holds for what happens from now on. */
export async function settVarselvalg(ctx: Ctx, { valg, ingenEpost, dag }: Innstillinger): Promise<void> {
	const { brukerId } = ctx.actor;
	await transaction(ctx.db, async (trx) => {
		await settValg(trx, brukerId, valg);
		await settEpostvalg(trx, brukerId, { ingenEpost, dag });
		await insertHendelse(trx, {
			...{ type: 'bruker.varsler-endret', at: ctx.now, aktorId: brukerId, aktorRolle: null, objektId: brukerId },
			requestId: ctx.requestId
		});
	});
}
