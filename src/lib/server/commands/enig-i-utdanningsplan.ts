import { AppError } from '#lib/domain/feil.ts';
import type { Enigrolle } from '#lib/domain/laering/utdanningsplan.ts';
import type { Ctx } from '../ctx.ts';
import { insertEnighet } from '../queries/utdanningsplan.ts';
import { noter } from './lib/laering.ts';
import { paUtdanningsplan } from './lib/utdanningsplan.ts';

/**
 * «Jeg er enig»: with the newest version alone, in each role that one has for the LIS. Throws a conflict when there is a newer one than
 * the one that was shown, or one has agreed already.
 */
export function enigIUtdanningsplan(ctx: Ctx, { lisId, versjon }: { lisId: string; versjon: number }): Promise<void> {
	return paUtdanningsplan(ctx, lisId, async (trx, { nyeste, roller }) => {
		if (nyeste?.versjon !== versjon) throw new AppError('conflict', { reason: 'utdanningsplan_konflikt_ny' });
		const nye: Enigrolle[] = [];
		for (const rolle of roller) {
			const enighet = { utdanningsplanId: nyeste.id, av: ctx.actor.brukerId, rolle, now: ctx.now };
			if (await insertEnighet(trx, enighet)) nye.push(rolle);
		}
		const [rolle] = nye;
		if (!rolle) throw new AppError('conflict', { reason: 'utdanningsplan_konflikt_enig' });
		await noter(trx, ctx, {
			...{ type: 'utdanningsplan.enig', rolle, lisId, objektId: nyeste.id },
			data: { versjon, roller: nye }
		});
	});
}
