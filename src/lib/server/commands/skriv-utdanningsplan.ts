import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import { erLik, type NyUtdanningsplan } from '#lib/domain/laering/utdanningsplan.ts';
import type { Ctx } from '../ctx.ts';
import { insertUtdanningsplan } from '../queries/utdanningsplan.ts';
import { noter } from './lib/laering.ts';
import { paUtdanningsplan } from './lib/utdanningsplan.ts';

/**
 * Saves the training plan as a new version; those before it stay as they are, and so does who agreed on them. What says the same as the newest one is no
 * new version: nobody has to agree again. Throws a conflict when somebody has written one since `versjon`.
 */
export function skrivUtdanningsplan(
	ctx: Ctx,
	{ lisId, versjon, ...innhold }: NyUtdanningsplan & { lisId: string }
): Promise<void> {
	return paUtdanningsplan(ctx, lisId, async (trx, { nyeste, roller }) => {
		if (nyeste && erLik(nyeste.innhold, innhold)) return;
		if ((nyeste?.versjon ?? 0) !== versjon)
			throw new AppError('conflict', { reason: 'utdanningsplan_konflikt_endret' });
		const id = randomUUID();
		await insertUtdanningsplan(trx, {
			...{ id, lisId, versjon: versjon + 1, innhold },
			...{ av: ctx.actor.brukerId, now: ctx.now }
		});
		await noter(trx, ctx, {
			...{ type: 'utdanningsplan.skrevet', rolle: roller[0] ?? 'lis', lisId, objektId: id },
			data: { versjon: versjon + 1 }
		});
	});
}
