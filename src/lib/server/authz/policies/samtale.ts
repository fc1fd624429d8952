import { gjelder, harRolleFor, type Actor } from '#lib/domain/actor.ts';
import { hvorforLast } from '#lib/domain/samtale/samtale.ts';
import type { Decision, MerknadTilgang, SamtaleTilgang } from '../actions.ts';

/** The rows of product.md's «Who may do what» that speak of samtaler. Pure. */

const JA: Decision = { ok: true };
const UKJENT: Decision = { ok: false, why: 'unknown' };
const NEKTET: Decision = { ok: false, why: 'forbidden' };

/** Forberedelse, referat and endringslogg: those who take part, and nobody else. The leder never. */
export function kanLese(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	const mine = samtale.deltakere.filter((deltaker) => deltaker.personId === actor.brukerId);
	if (mine.some((deltaker) => gjelder(deltaker, now))) return JA;
	return avsluttet(mine, now) ?? UKJENT;
}

/** That it exists, its date and status: those who may read it, and those who follow the LIS as leder or veileder. */
export function kanSe(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	if (harRolleFor(actor, 'leder', samtale.lisId, now) || harRolleFor(actor, 'veileder', samtale.lisId, now)) return JA;
	const lese = kanLese(actor, samtale, now);
	if (lese.ok || lese.why === 'ended') return lese;
	const fulgte = actor.relasjoner.filter((r) => r.lisId === samtale.lisId && r.rolle !== 'supervisor');
	return avsluttet(fulgte, now) ?? UKJENT;
}

/** Writing: who reads it, while it is active; a veileder only while the relation lasts. */
export function kanSkrive(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	const lese = kanLese(actor, samtale, now);
	if (!lese.ok) return lese;
	return erLisen(actor, samtale) ? mensAktiv(samtale) : somVeileder(actor, samtale, now);
}

/** Setting date, time and place, and avlys: the veileder who takes part. */
export function kanStyre(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	const se = kanSe(actor, samtale, now);
	return se.ok ? somVeileder(actor, samtale, now) : se;
}

/** The LIS may only propose a date. */
export function kanForesla(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	const se = kanSe(actor, samtale, now);
	if (!se.ok) return se;
	return erLisen(actor, samtale) ? mensAktiv(samtale) : NEKTET;
}

/** A merknad beside a finished samtale: those who took part in it, as long as they read it. Whoever it was shared with later only reads. */
export function kanMerke(actor: Actor, samtale: MerknadTilgang, now: Date): Decision {
	const lese = kanLese(actor, samtale, now);
	if (!lese.ok) return lese;
	const { ferdigstiltAt } = samtale;
	if (ferdigstiltAt === null) return { ok: false, why: 'state', reason: 'samtale_konflikt_ikke_ferdigstilt' };
	const tokDel = samtale.deltakere.some(
		(d) => d.personId === actor.brukerId && gjelder(d, now) && d.fra <= ferdigstiltAt
	);
	return tokDel ? JA : NEKTET;
}

/** One's own words that were refused: who takes part, or did; that access ended may be why. Whose they are, the query sees to. */
export function kanSeEgneAvviste(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	return samtale.deltakere.some((d) => d.personId === actor.brukerId && d.fra <= now) ? JA : UKJENT;
}

function erLisen(actor: Actor, samtale: SamtaleTilgang): boolean {
	return actor.brukerId === samtale.lisId;
}

/** The veileder who takes part, while the relation lasts; one whose relation ended is told when, and may still read. */
function somVeileder(actor: Actor, samtale: SamtaleTilgang, now: Date): Decision {
	const deltar = samtale.deltakere.some(
		(d) => d.personId === actor.brukerId && d.rolle === 'veileder' && gjelder(d, now)
	);
	if (!deltar) return NEKTET;
	if (harRolleFor(actor, 'veileder', samtale.lisId, now)) return mensAktiv(samtale);
	const relasjoner = actor.relasjoner.filter((r) => r.lisId === samtale.lisId && r.rolle === 'veileder');
	return avsluttet(relasjoner, now) ?? NEKTET;
}

function mensAktiv(samtale: SamtaleTilgang): Decision {
	const reason = hvorforLast(samtale.status);
	return reason === undefined ? JA : { ok: false, why: 'state', reason };
}

/** One's own access that has ended is told with its date; everybody else learns nothing. */
export function avsluttet(egne: { til: Date | null }[], now: Date): Decision | undefined {
	const slutt = egne.flatMap((rad) => (rad.til && rad.til <= now ? [rad.til.getTime()] : []));
	return slutt.length > 0 ? { ok: false, why: 'ended', since: new Date(Math.max(...slutt)) } : undefined;
}
