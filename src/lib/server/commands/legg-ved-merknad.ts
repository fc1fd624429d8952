import { randomUUID } from 'node:crypto';
import type { Ctx } from '../ctx.ts';
import { insertMerknad } from '../queries/merknad.ts';
import { endreSamtale } from './lib/endre-samtale.ts';

/**
 * Lays text that was not saved in time beside a finished samtale, as a document of its own that points back (collab.md, «Offline text»). What is
 * frozen does not change. Throws a conflict unless the samtale is ferdigstilt.
 */
export function leggVedMerknad(ctx: Ctx, { samtaleId, tekst }: { samtaleId: string; tekst: string }): Promise<void> {
	return endreSamtale(ctx, samtaleId, 'samtale.merk', 'samtale.merknad', async (trx, samtale) => {
		const id = randomUUID();
		await insertMerknad(trx, { id, samtaleId: samtale.id, forfatterId: ctx.actor.brukerId, tekst, now: ctx.now });
		return { merknadId: id };
	});
}
