import * as m from './paraglide/messages.js';

/** What happened to a goal or an aktivitet, by the type of the event. */
const HENDT: Record<string, (hvem: { navn: string }) => string> = {
	'mal.sendt': m.laering_hendt_mal_sendt,
	'mal.trukket': m.laering_hendt_mal_trukket,
	'mal.godkjent': m.laering_hendt_mal_godkjent,
	'mal.sendt-tilbake': m.laering_hendt_mal_sendt_tilbake,
	'mal.underkjent': m.laering_hendt_mal_underkjent,
	'mal.godkjenning-trukket': m.laering_hendt_mal_godkjenning_trukket,
	'mal.bekreftet': m.laering_hendt_mal_bekreftet,
	'mal.bekreftelse-trukket': m.laering_hendt_mal_bekreftelse_trukket,
	'mal.anbefalt': m.laering_hendt_mal_anbefalt,
	'mal.flyttet': m.laering_hendt_mal_flyttet,
	'aktivitet.sendt': m.laering_hendt_aktivitet_sendt,
	'aktivitet.trukket': m.laering_hendt_aktivitet_trukket,
	'aktivitet.signert': m.laering_hendt_aktivitet_signert,
	'aktivitet.underkjent': m.laering_hendt_aktivitet_underkjent,
	'aktivitet.registrert': m.laering_hendt_aktivitet_registrert,
	'aktivitet.angret': m.laering_hendt_aktivitet_angret,
	'aktivitet.annullert': m.laering_hendt_aktivitet_annullert
};

/** «Per Ødegård godkjente læringsmålet»; null for what is nobody's to read. */
export function hendt(type: string, navn: string | null): string | null {
	return HENDT[type]?.({ navn: navn ?? m.laering_hendt_portalen() }) ?? null;
}
