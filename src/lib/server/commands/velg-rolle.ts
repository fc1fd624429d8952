import { rollerNa, type Rolle } from '#lib/domain/actor.ts';
import type { Okt } from '../auth/okter.ts';
import type { Ctx } from '../ctx.ts';
import { updateOktRolle } from '../queries/okt.ts';

/**
 * Chooses the role that a person with several sees the portal in, for this session; null: all of them. A role that they do not have
 * changes nothing. A preference: neither an event of anybody's record nor a right.
 */
export async function velgRolle(ctx: Ctx, okt: Okt, rolle: Rolle | null): Promise<void> {
	if (rolle !== null && !rollerNa(ctx.actor, ctx.now).includes(rolle)) return;
	await updateOktRolle(ctx.db, okt.hash, rolle);
}
