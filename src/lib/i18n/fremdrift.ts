import type { Forventet, Tempo } from '#lib/domain/laering/tempo.ts';
import { SISTE_UKER } from '#lib/domain/laering/tempo.ts';
import type { Fravaersslag } from '#lib/domain/laering/tjenestetid.ts';
import { formatDato, formatKortDato } from './format.ts';
import * as m from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

const SLAG: Record<Fravaersslag, () => string> = {
	permisjon: m.fremdrift_permisjon,
	sykdom: m.fremdrift_sykdom,
	annet: m.fremdrift_annet
};
const FORHOLD = {
	for: m.fremdrift_forventet_for,
	omtrent: m.fremdrift_forventet_omtrent,
	etter: m.fremdrift_forventet_etter
};
const UVISS = {
	for_tidlig: m.fremdrift_forventet_for_tidlig,
	for_fa: m.fremdrift_forventet_for_fa,
	for_langt: m.fremdrift_forventet_for_langt
};

/** The kind of an absence in words. */
export function fravaersslag(slag: Fravaersslag): string {
	return SLAG[slag]();
}

/** When all goals may be approved, told kindly; or why nothing can be said. */
export function forventettekst(forventet: Forventet, iDag: string): string {
	if (forventet.slag === 'ferdig') return m.fremdrift_forventet_ferdig();
	if (forventet.slag === 'uviss') return UVISS[forventet.grunn]();
	return FORHOLD[forventet.forhold]({ dato: formatKortDato(forventet.dato, iDag) });
}

/** «3, den eldste i 9 dager»: how many wait, and for how many days the longest of them; null when none does. */
export function ventetekst({ antall, dager }: { antall: number; dager: number | null }): string {
	if (dager === null) return m.fremdrift_ingenting_venter();
	if (dager === 0) return m.fremdrift_venter_antall_ny({ antall });
	return dager === 1 ? m.fremdrift_venter_antall_en_dag({ antall }) : m.fremdrift_venter_antall({ antall, dager });
}

/** «1,5 mål i uka de siste 6 ukene, 1,2 i hele tjenesten.» */
export function tempotekst({ siste, samlet }: Tempo): string {
	return m.fremdrift_tempo({ siste: desimal(siste), samlet: desimal(samlet), uker: SISTE_UKER });
}

/** «Uke 12 av 26», that it stands still in permisjon, or when the service starts. */
export function uketekst(tid: { uke: number | null; avUker: number; iPermisjon: boolean; startDato: string }): string {
	if (tid.uke === null) return m.fremdrift_ikke_startet({ dato: formatDato(tid.startDato) });
	return (tid.iPermisjon ? m.fremdrift_uke_pause : m.fremdrift_uke_av)({ uke: tid.uke, antall: tid.avUker });
}

/** «Har ligget 5 dager». */
export function ventetid(dager: number): string {
	if (dager === 0) return m.fremdrift_siden_idag();
	return dager === 1 ? m.fremdrift_siden_en_dag() : m.fremdrift_siden_dager({ dager });
}

/** With one decimal where there is one: 3, «2,5» («2.5» in English). */
export function desimal(tall: number): string {
	const tekst = String(Math.round(tall * 10) / 10);
	return getLocale() === 'en' ? tekst : tekst.replace('.', ',');
}
