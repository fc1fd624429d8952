import * as m from './paraglide/messages.js';

const TEKSTER: Record<string, () => string> = {
	felles_feil_tegn: m.felles_feil_tegn,
	felles_feil_fodselsnummer: m.felles_feil_fodselsnummer,
	felles_feil_nett: m.felles_feil_nett,
	felles_feil_utilgjengelig: m.felles_feil_utilgjengelig,
	felles_feil_too_many: m.felles_feil_too_many,
	felles_feil_conflict: m.felles_feil_conflict,
	samtale_feil_dato: m.samtale_feil_dato,
	samtale_feil_dato_mangler: m.samtale_feil_dato_mangler,
	samtale_feil_dato_ma_fylles: m.samtale_feil_dato_ma_fylles,
	samtale_feil_klokkeslett: m.samtale_feil_klokkeslett,
	samtale_feil_til_for_fra: m.samtale_feil_til_for_fra,
	samtale_feil_fra_mangler: m.samtale_feil_fra_mangler,
	samtale_feil_sted_langt: m.samtale_feil_sted_langt,
	samtale_feil_grunn_mangler: m.samtale_feil_grunn_mangler,
	samtale_feil_grunn_lang: m.samtale_feil_grunn_lang,
	samtale_konflikt_endret: m.samtale_konflikt_endret,
	samtale_konflikt_ferdigstilt: m.samtale_konflikt_ferdigstilt,
	samtale_konflikt_avlyst: m.samtale_konflikt_avlyst,
	samtale_konflikt_tom: m.samtale_konflikt_tom,
	samtale_konflikt_ferdigstilles: m.samtale_konflikt_ferdigstilles,
	samtale_konflikt_ferdigstilles_ikke: m.samtale_konflikt_ferdigstilles_ikke,
	samtale_konflikt_ikke_det_viste: m.samtale_konflikt_ikke_det_viste,
	samtale_konflikt_forslag_borte: m.samtale_konflikt_forslag_borte,
	endringslogg_feil_for_tung: m.endringslogg_feil_for_tung,
	endringslogg_konflikt_samme: m.endringslogg_konflikt_samme,
	endringslogg_konflikt_for_stort: m.endringslogg_konflikt_for_stort,
	konto_feil_langt: m.konto_feil_langt,
	konto_feil_mobil: m.konto_feil_mobil,
	innlogging_feil_stemmer_ikke: m.innlogging_feil_stemmer_ikke,
	innlogging_brukernavn_mangler: m.innlogging_brukernavn_mangler,
	innlogging_passord_mangler: m.innlogging_passord_mangler
};

/**
 * The text of an error's message key in the reader's language. Schemas and commands name keys and know no texts; a key that is
 * not listed here gives the general «cannot be used», never the key itself.
 */
export function feiltekst(nokkel: string): string {
	return (TEKSTER[nokkel] ?? m.felles_feil_ugyldig)();
}

/** The same for all fields of a form. */
export function feiltekster(felt: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(felt).map(([navn, nokkel]) => [navn, feiltekst(nokkel)]));
}
