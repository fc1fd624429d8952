import { gjelder, relasjonerTil, type Actor } from '#lib/domain/actor.ts';
import type { Decision, InvitasjonTilgang, LisTilgang, RelasjonTilgang } from '../actions.ts';
import { avsluttet } from './samtale.ts';

/** The row «inviting, ending relations, sharing earlier samtaler» of product.md's «Who may do what». Pure. */

const JA: Decision = { ok: true };
const UKJENT: Decision = { ok: false, why: 'unknown' };

/** Who follows a LIS is the LIS' own matter; whoever follows them may know that it is not theirs. */
export function kanInvitere(actor: Actor, { lisId }: LisTilgang, now: Date): Decision {
	if (actor.erLis && actor.brukerId === lisId) return JA;
	return relasjonerTil(actor, lisId, now).length > 0 ? { ok: false, why: 'forbidden' } : UKJENT;
}

/** An invitation: the LIS whom it is about, and whoever sent it (for a deputy). */
export function kanStyreInvitasjon(actor: Actor, invitasjon: InvitasjonTilgang, now: Date): Decision {
	return invitasjon.opprettetAv === actor.brukerId ? JA : kanInvitere(actor, invitasjon, now);
}

/** Ending a relation: the LIS; and a deputy, by whoever stands in the same role. */
export function kanAvslutte(actor: Actor, relasjon: RelasjonTilgang, now: Date): Decision {
	const egen = kanInvitere(actor, relasjon, now);
	if (egen.ok || relasjon.til === null) return egen;
	return kanSetteStedfortreder(actor, relasjon, now).ok ? JA : egen;
}

/** A deputy is set by whoever holds the role for this LIS and is no deputy themself. */
export function kanSetteStedfortreder(actor: Actor, { lisId, rolle }: RelasjonTilgang, now: Date): Decision {
	const mine = actor.relasjoner.filter((r) => r.lisId === lisId);
	if (mine.some((r) => r.rolle === rolle && r.til === null && gjelder(r, now))) return JA;
	if (mine.some((r) => gjelder(r, now))) return { ok: false, why: 'forbidden' };
	return avsluttet(mine, now) ?? UKJENT;
}
