import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { forgetAvviste } from '../queries/avvist.ts';
import { findSamtale } from '../queries/samtale.ts';

/**
 * Takes one's own refused words away, up to the newest that one has seen, in microseconds since 1970. It leaves no event: nothing of it ever stood in
 * the samtale, and that it exists is its author's alone. Throws `not_found`.
 */
export async function slettAvviste(ctx: Ctx, { samtaleId, til }: { samtaleId: string; til: number }): Promise<void> {
	authorize(ctx.actor, 'samtale.avvist', await findSamtale(ctx.db, samtaleId), ctx.now);
	await forgetAvviste(ctx.db, { samtaleId, brukerId: ctx.actor.brukerId }, til);
}
