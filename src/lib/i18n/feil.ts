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
	felles_feil_ma_fylles: m.felles_feil_ma_fylles,
	drift_feil_kommunenummer: m.drift_feil_kommunenummer,
	drift_feil_kommune_finnes: m.drift_feil_kommune_finnes,
	konto_feil_ma_bekreftes: m.konto_feil_ma_bekreftes,
	konto_feil_samme_epost: m.konto_feil_samme_epost,
	konto_feil_mange_bytter: m.konto_feil_mange_bytter,
	konto_feil_mobil: m.konto_feil_mobil,
	felles_feil_ugyldig: m.felles_feil_ugyldig,
	felles_feil_langt: m.felles_feil_langt,
	felles_feil_epost_mangler: m.felles_feil_epost_mangler,
	felles_feil_epost: m.felles_feil_epost,
	invitasjon_feil_navn_mangler: m.invitasjon_feil_navn_mangler,
	invitasjon_feil_navn: m.invitasjon_feil_navn,
	invitasjon_feil_rolle_mangler: m.invitasjon_feil_rolle_mangler,
	invitasjon_feil_bare_en: m.invitasjon_feil_bare_en,
	invitasjon_feil_eller_vet_ikke: m.invitasjon_feil_eller_vet_ikke,
	invitasjon_feil_deg_selv: m.invitasjon_feil_deg_selv,
	invitasjon_feil_for_mange: m.invitasjon_feil_for_mange,
	invitasjon_konflikt: m.invitasjon_konflikt,
	invitasjon_konflikt_lenke: m.invitasjon_konflikt_lenke,
	invitasjon_konflikt_egen: m.invitasjon_konflikt_egen,
	folk_feil_grunn_mangler: m.folk_feil_grunn_mangler,
	folk_feil_til: m.folk_feil_til,
	folk_konflikt_avsluttet: m.folk_konflikt_avsluttet,
	registrering_feil_mobil_mangler: m.registrering_feil_mobil_mangler,
	registrering_feil_hpr: m.registrering_feil_hpr,
	registrering_feil_brukernavn: m.registrering_feil_brukernavn,
	registrering_feil_brukernavn_mangler: m.registrering_feil_brukernavn_mangler,
	registrering_feil_brukernavn_tatt: m.registrering_feil_brukernavn_tatt,
	registrering_feil_passord_kort: m.registrering_feil_passord_kort,
	registrering_feil_passord_langt: m.registrering_feil_passord_langt,
	registrering_feil_passord_vanlig: m.registrering_feil_passord_vanlig,
	registrering_feil_sted_mangler: m.registrering_feil_sted_mangler,
	registrering_feil_kommune: m.registrering_feil_kommune,
	registrering_feil_slag: m.registrering_feil_slag,
	registrering_feil_arbeidssted: m.registrering_feil_arbeidssted,
	registrering_feil_start_mangler: m.registrering_feil_start_mangler,
	registrering_konflikt_bevis: m.registrering_konflikt_bevis,
	registrering_konflikt_finnes: m.registrering_konflikt_finnes,
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
