import type { Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { avsluttAndre } from './lib/avslutt-okt.ts';

/** Ends every session of the person but this one; their sockets close (T03). */
export async function loggUtAndre(ctx: Ctx, denne: Okt): Promise<void> {
	await transaction(ctx.db, (trx) => avsluttAndre(trx, ctx, denne, 'fra en annen nettleser'));
}
