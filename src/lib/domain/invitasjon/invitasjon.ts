import type { RelasjonRolle } from '../actor.ts';
import { AppError } from '../feil.ts';

/** The life of an invitation (product.md, «States»). Pure; the database's trigger holds the same rule. */

export type InvitasjonStatus =
	'sendt' | 'apnet' | 'til_bekreftelse' | 'akseptert' | 'avslatt' | 'ikke_meg' | 'utlopt' | 'trukket';

export type Handling =
	| 'apne'
	| 'aksepter'
	/** Accepted by somebody whose name is not the invited one: no access before the LIS confirms. */
	| 'aksepter_annet_navn'
	| 'avsla'
	| 'ikke_meg'
	| 'utlop'
	/** The same invitation with a new link; the old one dies. */
	| 'send_pa_nytt'
	| 'trekk'
	/** The LIS says who it is that accepted: right, or not. */
	| 'bekreft'
	| 'avvis';

/** One role that an invitation gives; `til` is a deputy's end. */
export type InvitertRolle = { rolle: RelasjonRolle; til: Date | null };
export type Tilstand = { status: InvitasjonStatus; utloperAt: Date };

const DAG_MS = 24 * 60 * 60 * 1000;
/** How long a link can be used. Milliseconds. */
export const GYLDIG_MS = 30 * DAG_MS;
/** An unanswered invitation is reminded of this many days after it was sent. */
export const PURRES_ETTER_DAGER = [3, 14] as const;
/** T13: so many mails with an invitation at most for one LIS, in `SENDT_VINDU_MS`. */
export const MAKS_SENDT = 10;
export const SENDT_VINDU_MS = DAG_MS;

const APEN: InvitasjonStatus[] = ['sendt', 'apnet'];
const OVERGANGER: Record<Handling, { fra: InvitasjonStatus[]; til: InvitasjonStatus }> = {
	apne: { fra: APEN, til: 'apnet' },
	aksepter: { fra: APEN, til: 'akseptert' },
	aksepter_annet_navn: { fra: APEN, til: 'til_bekreftelse' },
	avsla: { fra: APEN, til: 'avslatt' },
	ikke_meg: { fra: APEN, til: 'ikke_meg' },
	utlop: { fra: APEN, til: 'utlopt' },
	send_pa_nytt: { fra: [...APEN, 'utlopt', 'avslatt', 'ikke_meg'], til: 'sendt' },
	trekk: { fra: APEN, til: 'trukket' },
	bekreft: { fra: ['til_bekreftelse'], til: 'akseptert' },
	avvis: { fra: ['til_bekreftelse'], til: 'trukket' }
};
/** What an invitation that ran out can still be made to do. */
const OGSA_UTLOPT: Handling[] = ['send_pa_nytt', 'trekk', 'utlop'];

/** What the state is at `now`: one whose deadline has passed has expired, marked or not. */
export function statusNa({ status, utloperAt }: Tilstand, now: Date): InvitasjonStatus {
	return APEN.includes(status) && utloperAt <= now ? 'utlopt' : status;
}

/** Whether the link can be answered at `now`. */
export function erApen(invitasjon: Tilstand, now: Date): boolean {
	return APEN.includes(statusNa(invitasjon, now));
}

/** What an act makes of the invitation; throws a conflict when its state does not allow it, or its deadline has passed. */
export function overgang(invitasjon: Tilstand, handling: Handling, now: Date): InvitasjonStatus {
	const { fra, til } = OVERGANGER[handling];
	const status = OGSA_UTLOPT.includes(handling) ? invitasjon.status : statusNa(invitasjon, now);
	if (!fra.includes(status)) throw new AppError('conflict', { reason: 'invitasjon_konflikt' });
	return til;
}

/** How many reminders should have been sent at `now`; none to one that is not open. */
export function purringer(invitasjon: Tilstand & { sendtAt: Date }, now: Date): number {
	if (!erApen(invitasjon, now)) return 0;
	const dager = (now.getTime() - invitasjon.sendtAt.getTime()) / DAG_MS;
	return PURRES_ETTER_DAGER.filter((dag) => dager >= dag).length;
}
