import { harRolleFor } from '#lib/domain/actor.ts';
import { ENIGE, type Enigrolle } from '#lib/domain/laering/utdanningsplan.ts';
import { authorize } from '../../authz/index.ts';
import type { Ctx } from '../../ctx.ts';
import { transaction, type Db } from '../../db/pool.ts';
import { lockLaering } from '../../queries/maloppnaelse.ts';
import { findUtdanningsplan, type UtdanningsplanRad } from '../../queries/utdanningsplan.ts';

type Apen = {
	nyeste: UtdanningsplanRad | undefined;
	/** Those that the actor has for this LIS; at least one. */ roller: Enigrolle[];
};

/** The frame of every act on the training plan of a LIS: one transaction, in which nobody else writes a version. */
export async function paUtdanningsplan(
	ctx: Ctx,
	lisId: string,
	work: (trx: Db, apen: Apen) => Promise<void>
): Promise<void> {
	authorize(ctx.actor, 'utdanningsplan.skriv', { lisId }, ctx.now);
	const roller = rollerFor(ctx, lisId);
	await transaction(ctx.db, async (trx) => {
		await lockLaering(trx, lisId);
		await work(trx, { nyeste: await findUtdanningsplan(trx, lisId), roller });
	});
}

/** As whom somebody writes and agrees: a person who is both veileder and leder is both. */
function rollerFor({ actor, now }: Ctx, lisId: string): Enigrolle[] {
	return ENIGE.filter((rolle) =>
		rolle === 'lis' ? actor.erLis && actor.brukerId === lisId : harRolleFor(actor, rolle, lisId, now)
	);
}
