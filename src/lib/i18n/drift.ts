import * as m from './paraglide/messages.js';

/** The words of drift's pages for what the database calls by a code. */

const STATUS: Record<string, () => string> = {
	invitert: m.drift_status_invitert,
	aktiv: m.drift_status_aktiv,
	varslet: m.drift_status_varslet,
	deaktivert: m.drift_status_deaktivert
};
const EPOST: Record<string, () => string> = {
	venter: m.drift_epost_venter,
	sendt: m.drift_epost_sendt,
	feilet: m.drift_epost_feilet
};

/** How it stands with a user. */
export function statustekst(status: string): string {
	return STATUS[status]?.() ?? status;
}

/** How it went with a mail. */
export function epoststatus(status: string): string {
	return EPOST[status]?.() ?? status;
}
