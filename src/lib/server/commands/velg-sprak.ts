import type { Sprak } from '#lib/domain/actor.ts';
import type { Ctx } from '../ctx.ts';
import { updateSprak } from '../queries/bruker.ts';

/** Sets the language of the person's pages and mail. A preference, not an event of anybody's record. */
export async function velgSprak(ctx: Ctx, sprak: Sprak): Promise<void> {
	await updateSprak(ctx.db, ctx.actor.brukerId, sprak);
}
