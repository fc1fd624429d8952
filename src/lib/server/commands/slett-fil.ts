import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { lockKobling, medTilgang } from '../queries/fil-kobling.ts';
import { findFil, updateFilSlettet } from '../queries/fil.ts';
import { lockLaering } from '../queries/maloppnaelse.ts';
import { noter } from './lib/laering.ts';

/**
 * Whoever sent a file takes it away: its bytes go, its row and an event stay. Throws `not_found` for one that is not there, not theirs to know
 * of or another LIS'; a conflict when what it belongs to has been sent, signed, approved or finished.
 */
export async function slettFil(ctx: Ctx, { lisId, filId }: { lisId: string; filId: string }): Promise<void> {
	await transaction(ctx.db, async (trx) => {
		await lockLaering(trx, lisId);
		const rad = await findFil(trx, filId, { forUpdate: true });
		if (rad?.lisId !== lisId) throw new AppError('not_found');
		await lockKobling(trx, lisId, rad.kobling);
		const [fil] = await medTilgang(trx, lisId, [rad]);
		authorize(ctx.actor, 'fil.slett', fil, ctx.now);
		await updateFilSlettet(trx, filId, ctx.actor.brukerId, ctx.now);
		await noter(trx, ctx, {
			...{ type: 'fil.slettet', rolle: ctx.actor.brukerId === lisId ? 'lis' : 'veileder', lisId, objektId: filId },
			data: { slag: fil.type, storrelse: fil.storrelse, kobling: fil.hoererTil }
		});
	});
}
