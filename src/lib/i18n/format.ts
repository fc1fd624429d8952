import * as m from './paraglide/messages.js';
import { getLocale, type Locale } from './paraglide/runtime.js';

/**
 * Dates, times and lists as people here write them (22. november 2026, kl. 14.30). Built from the message files and not from
 * Intl's locale data: browsers do not all carry nynorsk, and server and browser must write the very same text.
 */

const MANEDER = [
	m.dato_maned_1,
	m.dato_maned_2,
	m.dato_maned_3,
	m.dato_maned_4,
	m.dato_maned_5,
	m.dato_maned_6,
	m.dato_maned_7,
	m.dato_maned_8,
	m.dato_maned_9,
	m.dato_maned_10,
	m.dato_maned_11,
	m.dato_maned_12
];
/** The language, where nobody's page says it: in a mail. */
type I = { locale?: Locale };
/** Monday first. */
const UKEDAGER = [
	m.dato_ukedag_1,
	m.dato_ukedag_2,
	m.dato_ukedag_3,
	m.dato_ukedag_4,
	m.dato_ukedag_5,
	m.dato_ukedag_6,
	m.dato_ukedag_7
];
const OSLO = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Oslo',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	minute: '2-digit',
	hourCycle: 'h23'
});

function deler(dato: string): { ar: number; maned: number; dag: number } {
	const [ar = 0, maned = 1, dag = 1] = dato.split('-').map(Number);
	return { ar, maned, dag };
}
function manedsnavn(maned: number, i: I = {}): string {
	return MANEDER[maned - 1]?.({}, i) ?? '';
}
/** Days since 1970 of a YYYY-MM-DD. */
function dagnummer(dato: string): number {
	const { ar, maned, dag } = deler(dato);
	return Math.round(Date.UTC(ar, maned - 1, dag) / 86_400_000);
}

/** The day (YYYY-MM-DD) and the time (HH:MM) in Norway at an instant. */
export function iOslo(oyeblikk: Date): { dato: string; tid: string } {
	const del = Object.fromEntries(OSLO.formatToParts(oyeblikk).map((part) => [part.type, part.value]));
	return { dato: `${del['year']}-${del['month']}-${del['day']}`, tid: `${del['hour']}:${del['minute']}` };
}

/** '2026-11-24' → «24. november 2026». */
export function formatDato(dato: string, i: I = {}): string {
	const { ar, maned, dag } = deler(dato);
	return m.dato_lang({ dag: String(dag), maned: manedsnavn(maned, i), ar: String(ar) }, i);
}

/** '2026-11-24' → «24. november», with the year only when it is not this one. */
export function formatKortDato(dato: string, iDag: string): string {
	const { ar, maned, dag } = deler(dato);
	return ar === deler(iDag).ar ? m.dato_kort({ dag: String(dag), maned: manedsnavn(maned) }) : formatDato(dato);
}

/** The name of a weekday: Monday is 1. */
export function ukedagnavn(ukedag: number): string {
	return UKEDAGER[ukedag - 1]?.() ?? '';
}

/** '2026-11-23' → «mandag 23. november». */
export function formatUkedag(dato: string, iDag: string): string {
	const ukedag = UKEDAGER[(dagnummer(dato) + 3) % 7]?.() ?? '';
	return m.dato_med_ukedag({ ukedag, dato: formatKortDato(dato, iDag) });
}

/** «i dag», «i morgen», «i går», else the short date. */
export function formatNarDag(dato: string, iDag: string): string {
	const avstand = dagnummer(dato) - dagnummer(iDag);
	if (avstand === 0) return m.dato_i_dag();
	if (avstand === 1) return m.dato_i_morgen();
	if (avstand === -1) return m.dato_i_gar();
	return formatKortDato(dato, iDag);
}

/** '14:30' → «14.30» in Norwegian, «14:30» in English. */
export function formatTid(tid: string, i: I = {}): string {
	return (i.locale ?? getLocale()) === 'en' ? tid : tid.replace(':', '.');
}

/** «kl. 14.30–15.15», «fra kl. 14.30»; null when neither is set. */
export function formatTidsrom(fra: string | null, til: string | null): string | null {
	if (fra && til) return m.dato_klokke_fra_til({ fra: formatTid(fra), til: formatTid(til) });
	if (fra) return m.dato_klokke({ tid: formatTid(fra) });
	return til ? m.dato_klokke_til({ tid: formatTid(til) }) : null;
}

/** The clock in Norway at an instant, «14.03». */
export function formatKlokke(oyeblikk: Date): string {
	return formatTid(iOslo(oyeblikk).tid);
}

/** «Kari», «Kari og Ola», «Kari, Ola og Siri». */
export function formatListe(navn: readonly string[], i: I = {}): string {
	const siste = navn[navn.length - 1] ?? '';
	if (navn.length < 2) return siste;
	return m.liste_to({ a: navn.slice(0, -1).join(', '), b: siste }, i);
}

/** «mandag …» → «Mandag …»: for a text that begins a line. */
export function storForbokstav(tekst: string): string {
	return tekst.charAt(0).toLocaleUpperCase('nb') + tekst.slice(1);
}

/** Sorting of names: Norwegian order (… æ ø å) in both written forms. */
export function kollator(): Intl.Collator {
	return new Intl.Collator(getLocale() === 'en' ? 'en' : 'nb');
}
