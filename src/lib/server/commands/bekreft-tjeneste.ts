import { randomUUID } from 'node:crypto';
import { AppError } from '#lib/domain/feil.ts';
import type { NyBekreftelse } from '#lib/domain/laering/bekreftelse.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { lockLaering } from '../queries/maloppnaelse.ts';
import { insertBekreftelse, listBekreftelser } from '../queries/tjenestebekreftelse.ts';
import { noter } from './lib/laering.ts';

/**
 * The leder confirms that the service is done. It is their judgement: goals that are missing do not hinder it, and what is confirmed stays. Throws
 * `forbidden` to others who follow the LIS, a conflict when they have confirmed these days already.
 */
export async function bekreftTjeneste(
	ctx: Ctx,
	{ lisId, fra, til, merknad }: NyBekreftelse & { lisId: string }
): Promise<{ id: string }> {
	authorize(ctx.actor, 'tjeneste.bekreft', { lisId }, ctx.now);
	const id = randomUUID();
	const av = ctx.actor.brukerId;
	await transaction(ctx.db, async (trx) => {
		await lockLaering(trx, lisId);
		const tidligere = await listBekreftelser(trx, lisId);
		if (tidligere.some((en) => en.av === av && en.fra === fra && en.til === til && en.merknad === merknad))
			throw new AppError('conflict', { reason: 'fremdrift_konflikt_bekreftet' });
		await insertBekreftelse(trx, { id, lisId, av, fra, til, merknad, at: ctx.now });
		await noter(trx, ctx, {
			...{ type: 'tjeneste.bekreftet', rolle: 'leder', lisId, objektId: id },
			data: { fra, til, merknad }
		});
	});
	return { id };
}
