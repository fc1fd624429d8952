import { AppError } from '#lib/domain/feil.ts';
import { avlys } from '#lib/domain/samtale/samtale.ts';
import type { Ctx } from '../ctx.ts';
import { cancelCollabDoc } from '../queries/collab.ts';
import { closeForslag } from '../queries/forslag.ts';
import { updateAvlyst } from '../queries/samtale.ts';
import { endreSamtale } from './lib/endre-samtale.ts';

/** Avlys with a reason; its document takes no more. Throws a conflict when the samtale is finished or avlyst already. */
export function avlysSamtale(ctx: Ctx, { samtaleId, grunn }: { samtaleId: string; grunn: string }): Promise<void> {
	return endreSamtale(ctx, samtaleId, 'samtale.avlys', 'samtale.avlyst', async (trx, samtale) => {
		const avlyst = avlys(samtale, grunn);
		if (!(await cancelCollabDoc(trx, samtale.id)))
			throw new AppError('conflict', { reason: 'samtale_konflikt_ferdigstilt' });
		await closeForslag(trx, samtale.id, 'avvist', ctx.now);
		await updateAvlyst(trx, samtale.id, avlyst.avlystGrunn);
		return { fra: samtale.status, grunn };
	});
}
