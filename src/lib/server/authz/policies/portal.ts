import { gjelder, type Actor } from '#lib/domain/actor.ts';
import type { Decision, PortalTilgang } from '../actions.ts';

/** Systemadministrator: users, invitations that bounced, wrong relations, places. That the pages exist is nobody else's business. */
export function kanDrifte(actor: Actor, _portal: PortalTilgang, now: Date): Decision {
	const drifter = actor.fasteRoller.some((fast) => fast.rolle === 'drift' && gjelder(fast, now));
	return drifter ? { ok: true } : { ok: false, why: 'unknown' };
}

/** Meldinger: Helsedirektoratet and drift, and nobody else's business. */
export function kanSkriveMelding(actor: Actor, _portal: PortalTilgang, now: Date): Decision {
	return actor.fasteRoller.some((fast) => gjelder(fast, now)) ? { ok: true } : { ok: false, why: 'unknown' };
}
