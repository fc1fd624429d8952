import { harRolleFor, type Actor } from '#lib/domain/actor.ts';
import { aktivitetLaast, malLaast } from '#lib/domain/fil/fil.ts';
import type { Decision, FilSted, FilTilgang } from '../actions.ts';
import { kanSeAktivitet, kanSeLaering, kanSeMal, kanSkriveAktivitet } from './laering.ts';
import { kanLese, kanSkrive } from './samtale.ts';

/** The rows of product.md's «Who may do what» that speak of files. Pure. */

const JA: Decision = { ok: true };
const UKJENT: Decision = { ok: false, why: 'unknown' };
const NEKTET: Decision = { ok: false, why: 'forbidden' };
const LAAST: Decision = { ok: false, why: 'state', reason: 'fil_konflikt_laast' };

/** What belongs to nothing is the LIS', the veileder's and the leder's to read; what belongs to a thing has exactly its readers. */
function kanLeseSted(actor: Actor, { lisId, kobling }: FilSted, now: Date): Decision {
	switch (kobling.slag) {
		case 'ingen':
			return kanSeLaering(actor, { lisId, delt: false }, now);
		case 'samtale':
			return kanLese(actor, kobling.samtale, now);
		case 'aktivitet':
			return kanSeAktivitet(actor, kobling.aktivitet, now);
		case 'mal':
			return kanSeMal(actor, kobling.mal, now);
	}
}

/**
 * Adding one, and taking one's own away: the LIS and the veileder; to a samtale whoever writes in it, to an aktivitet the LIS. Never once it
 * has been sent, signed, approved or finished.
 */
export function kanLasteOpp(actor: Actor, sted: FilSted, now: Date): Decision {
	const lese = kanLeseSted(actor, sted, now);
	if (!lese.ok) return lese;
	const { lisId, kobling } = sted;
	if (kobling.slag === 'samtale') return kanSkrive(actor, kobling.samtale, now);
	if (kobling.slag === 'aktivitet') {
		const skrive = kanSkriveAktivitet(actor, kobling.aktivitet, now);
		return skrive.ok && aktivitetLaast(kobling.aktivitet.status) ? LAAST : skrive;
	}
	const egen = actor.erLis && actor.brukerId === lisId;
	if (!egen && !harRolleFor(actor, 'veileder', lisId, now)) return NEKTET;
	return kobling.slag === 'mal' && malLaast(kobling.mal.status) ? LAAST : JA;
}

/** That it is there: its readers. One that is arriving nobody; one that the scanner refused only who sent it. */
export function kanSeFil(actor: Actor, fil: FilTilgang, now: Date): Decision {
	if (fil.status === 'laster') return UKJENT;
	const lese = kanLeseSted(actor, fil, now);
	return lese.ok && fil.status === 'avvist' && fil.opplastetAv !== actor.brukerId ? UKJENT : lese;
}

/** Opening it: its readers, once it has been checked. */
export function kanLeseFil(actor: Actor, fil: FilTilgang, now: Date): Decision {
	const se = kanSeFil(actor, fil, now);
	if (!se.ok || fil.status === 'klar') return se;
	return { ok: false, why: 'state', reason: fil.status === 'avvist' ? 'fil_konflikt_avvist' : 'fil_konflikt_sjekkes' };
}

/** Taking it away: who sent it, as long as they could still send it there. What the scanner refused was never a part of anything. */
export function kanSletteFil(actor: Actor, fil: FilTilgang, now: Date): Decision {
	const se = kanSeFil(actor, fil, now);
	if (!se.ok) return se;
	if (fil.opplastetAv !== actor.brukerId) return NEKTET;
	return fil.status === 'avvist' ? JA : kanLasteOpp(actor, fil, now);
}
