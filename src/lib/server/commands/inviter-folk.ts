import type { Invitering } from '#lib/domain/invitasjon/skjema.ts';
import { AppError } from '#lib/domain/feil.ts';
import { authorize } from '../authz/index.ts';
import type { Ctx } from '../ctx.ts';
import { transaction } from '../db/pool.ts';
import { findApenInvitasjon } from '../queries/invitasjon.ts';
import { insertHendelse } from '../varsler/hendelse.ts';
import { insertRollerMangler, lockLis } from '../queries/relasjon.ts';
import { inviterNy, sendPaNytt } from './lib/invitasjon.ts';

/**
 * S1: the LIS invites people, several at once, and says «Vet ikke ennå» to roles. Whoever has an open invitation already gets the
 * further role added to it, by a new link. All or nothing: throws `invalid` for the LIS' own address, `too_many` beyond ten a day.
 */
export async function inviterFolk(ctx: Ctx, folk: Invitering & { nokkel: Uint8Array }): Promise<void> {
	const lis = { id: ctx.actor.brukerId, navn: ctx.actor.navn };
	authorize(ctx.actor, 'invitasjon.send', { lisId: lis.id }, ctx.now);
	const h = { aktorId: lis.id, aktorRolle: 'lis', now: ctx.now, requestId: ctx.requestId } as const;
	await transaction(ctx.db, async (trx) => {
		if (!(await lockLis(trx, lis.id))) throw new AppError('not_found');
		for (const person of folk.personer) {
			const { delTidligere, nokkel } = folk;
			const roller = person.roller.map((rolle) => ({ rolle, til: null }));
			const apen = await findApenInvitasjon(trx, { lisId: lis.id, epost: person.epost, now: ctx.now });
			const egen = apen?.opprettetAv === lis.id && apen.delTidligere === delTidligere ? apen : undefined;
			const alle = [...(egen?.roller ?? []), ...roller.filter((r) => !egen?.roller.some((e) => e.rolle === r.rolle))];
			const sending = { ...person, lis, nokkel, delTidligere, roller: alle, sprak: egen?.sprak ?? ctx.actor.sprak };
			if (egen) await sendPaNytt(trx, egen.id, sending, h);
			else await inviterNy(trx, sending, h);
		}
		await insertRollerMangler(trx, lis.id, folk.mangler, ctx.now);
		for (const rolle of folk.mangler)
			await insertHendelse(trx, {
				...{ type: 'rolle.mangler', at: ctx.now, aktorId: lis.id, aktorRolle: 'lis', lisId: lis.id },
				...{ data: { rolle }, requestId: ctx.requestId }
			});
	});
}
