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

/** What a mail is about. Every kind that there is has a name (drift.test.ts). */
const EPOSTSLAG: Record<string, () => string> = {
	invitasjon: m.drift_epostslag_invitasjon,
	invitasjon_purring: m.drift_epostslag_invitasjon_purring,
	invitasjon_be_om_ny: m.drift_epostslag_invitasjon_be_om_ny,
	invitasjon_bekreft_person: m.drift_epostslag_invitasjon_bekreft_person,
	invitasjon_svar: m.drift_epostslag_invitasjon_svar,
	konto_deaktiveres: m.drift_epostslag_konto_deaktiveres,
	konto_deaktivert: m.drift_epostslag_konto_deaktivert,
	epost_bekreft: m.drift_epostslag_epost_bekreft,
	epost_endret: m.drift_epostslag_epost_endret,
	epost_rettet: m.drift_epostslag_epost_rettet,
	passord_satt: m.drift_epostslag_passord_satt,
	plan_deaktivert: m.drift_epostslag_plan_deaktivert,
	mal_bekreftet: m.drift_epostslag_mal_bekreftet,
	mal_trukket: m.drift_epostslag_mal_trukket,
	varsel: m.drift_epostslag_varsel,
	ukesoppsummering: m.drift_epostslag_ukesoppsummering,
	samtale_paminnelse: m.drift_epostslag_samtale_paminnelse,
	paminnelse: m.drift_epostslag_paminnelse
};

/** How it stands with a user. */
export function statustekst(status: string): string {
	return STATUS[status]?.() ?? status;
}

/** How it went with a mail. */
export function epoststatus(status: string): string {
	return EPOST[status]?.() ?? status;
}

/** What a mail is about. */
export function epostslag(mal: string): string {
	return EPOSTSLAG[mal]?.() ?? mal;
}
