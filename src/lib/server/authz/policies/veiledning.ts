import { harRolleFor, type Actor } from '#lib/domain/actor.ts';
import type { Decision, LisTilgang } from '../actions.ts';
import { avsluttet } from './samtale.ts';

/** The veiledning window of one LIS: the LIS, the veileder, and the leder, who sees dates and states only (S5). */
export function kanSeVeiledning(actor: Actor, { lisId }: LisTilgang, now: Date): Decision {
	if (actor.erLis && actor.brukerId === lisId) return { ok: true };
	if (harRolleFor(actor, 'veileder', lisId, now) || harRolleFor(actor, 'leder', lisId, now)) return { ok: true };
	const tidligere = actor.relasjoner.filter((r) => r.lisId === lisId && r.rolle !== 'supervisor');
	return avsluttet(tidligere, now) ?? { ok: false, why: 'unknown' };
}

/** S7: the veileder makes the samtale. */
export function kanOpprette(actor: Actor, lis: LisTilgang, now: Date): Decision {
	const se = kanSeVeiledning(actor, lis, now);
	if (!se.ok) return se;
	return harRolleFor(actor, 'veileder', lis.lisId, now) ? { ok: true } : { ok: false, why: 'forbidden' };
}
