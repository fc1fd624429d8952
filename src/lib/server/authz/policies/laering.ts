import { gjelder, harRolleFor, type Actor } from '#lib/domain/actor.ts';
import type { AktivitetTilgang, Decision, LaeringTilgang, LisTilgang, MalTilgang, PortalTilgang } from '../actions.ts';
import { avsluttet } from './samtale.ts';

/** The rows of product.md's «Who may do what» that speak of plans, læringsmål and læringsaktiviteter. Pure. */

const JA: Decision = { ok: true };
const UKJENT: Decision = { ok: false, why: 'unknown' };
const NEKTET: Decision = { ok: false, why: 'forbidden' };

/** Plans, læringsmål and progress of a LIS: the LIS, the veileder, the leder; Helsedirektoratet once the LIS has shared the plan. */
export function kanSeLaering(actor: Actor, { lisId, delt }: LaeringTilgang, now: Date): Decision {
	if (erLisen(actor, lisId) || harRolleFor(actor, 'veileder', lisId, now) || harRolleFor(actor, 'leder', lisId, now))
		return JA;
	if (delt && erHdir(actor, now)) return JA;
	const fulgte = actor.relasjoner.filter((r) => r.lisId === lisId && r.rolle !== 'supervisor');
	return avsluttet(fulgte, now) ?? UKJENT;
}

/** What the LIS does of their own accord: aktiviteter, absence, sharing the plan (S16). */
export function kanFore(actor: Actor, { lisId }: LisTilgang, now: Date): Decision {
	return bare(actor, lisId, now, erLisen(actor, lisId));
}

/** An aktivitet: the LIS; whom it was sent to; once sent also those who follow the LIS, and Helsedirektoratet for what it rules on. */
export function kanSeAktivitet(actor: Actor, aktivitet: AktivitetTilgang, now: Date): Decision {
	if (erLisen(actor, aktivitet.lisId)) return JA;
	if (aktivitet.status === 'kladd') return UKJENT;
	return aktivitet.supervisorId === actor.brukerId ? JA : kanSeLaering(actor, aktivitet, now);
}

/** Filling in, sending, taking back: the LIS' own. */
export function kanSkriveAktivitet(actor: Actor, aktivitet: AktivitetTilgang, now: Date): Decision {
	if (erLisen(actor, aktivitet.lisId)) return JA;
	const se = kanSeAktivitet(actor, aktivitet, now);
	return se.ok ? NEKTET : se;
}

/**
 * Signing and refusing: whom it was sent to, also when their relation has ended since (product.md, «Traps»: a form begun before can be
 * finished; the LIS can take it back). Nobody their own.
 */
export function kanVurdere(actor: Actor, aktivitet: AktivitetTilgang, now: Date): Decision {
	const se = kanSeAktivitet(actor, aktivitet, now);
	if (!se.ok) return se;
	return aktivitet.supervisorId === actor.brukerId && !erLisen(actor, aktivitet.lisId) ? JA : NEKTET;
}

/** A læringsmål: those who see the plan, and a supervisør whom an aktivitet was sent to that serves it. */
export function kanSeMal(actor: Actor, mal: MalTilgang, now: Date): Decision {
	return mal.supervisorer.includes(actor.brukerId) ? JA : kanSeLaering(actor, mal, now);
}

/** Sending it to the leder and taking it back: the LIS. */
export function kanSendeMal(actor: Actor, mal: MalTilgang, now: Date): Decision {
	return nar(erLisen(actor, mal.lisId), actor, mal, now);
}

/** Approving, sending back, underkjenne: the leder. */
export function kanAvgjoreMal(actor: Actor, mal: MalTilgang, now: Date): Decision {
	return nar(harRolleFor(actor, 'leder', mal.lisId, now), actor, mal, now);
}

/** Withdrawing an approval: the leder who gave it, while they are the leder. */
export function kanTrekkeGodkjenning(actor: Actor, mal: MalTilgang, now: Date): Decision {
	const egen = mal.avgjortAv === actor.brukerId && harRolleFor(actor, 'leder', mal.lisId, now);
	return nar(egen, actor, mal, now);
}

/** Recommending: the veileder any goal of their LIS, a supervisør those that the aktiviteter sent to them serve. */
export function kanAnbefale(actor: Actor, mal: MalTilgang, now: Date): Decision {
	const kan = harRolleFor(actor, 'veileder', mal.lisId, now) || mal.supervisorer.includes(actor.brukerId);
	return nar(kan && !erLisen(actor, mal.lisId), actor, mal, now);
}

/** Confirming a goal and withdrawing that: Helsedirektoratet, in a plan that the LIS has shared. */
export function kanBekrefteMal(actor: Actor, mal: MalTilgang, now: Date): Decision {
	return nar(mal.delt && erHdir(actor, now), actor, mal, now);
}

/** Assigning a plan, deleting one that is not begun, archiving one that is; confirming the service: the leder. */
export function kanStyrePlan(actor: Actor, { lisId }: LisTilgang, now: Date): Decision {
	return bare(actor, lisId, now, harRolleFor(actor, 'leder', lisId, now));
}

/** The individual training plan: the LIS, the veileder and the leder write and agree on it. */
export function kanSkriveUtdanningsplan(actor: Actor, { lisId }: LisTilgang, now: Date): Decision {
	return kanSeLaering(actor, { lisId, delt: false }, now);
}

/** The catalogue and the cases: Helsedirektoratet. That the pages exist is nobody else's business. */
export function kanStyreKatalog(actor: Actor, _portal: PortalTilgang, now: Date): Decision {
	return erHdir(actor, now) ? JA : UKJENT;
}

function erLisen(actor: Actor, lisId: string): boolean {
	return actor.erLis && actor.brukerId === lisId;
}

function erHdir(actor: Actor, now: Date): boolean {
	return actor.fasteRoller.some((fast) => fast.rolle === 'hdir' && gjelder(fast, now));
}

/** Whoever may see the goal but not do this is told so. */
function nar(kan: boolean, actor: Actor, mal: MalTilgang, now: Date): Decision {
	if (kan) return JA;
	const se = kanSeMal(actor, mal, now);
	return se.ok ? NEKTET : se;
}

/** As `nar`, for what concerns the LIS as a whole. */
function bare(actor: Actor, lisId: string, now: Date, kan: boolean): Decision {
	if (kan) return JA;
	const se = kanSeLaering(actor, { lisId, delt: false }, now);
	return se.ok ? NEKTET : se;
}
