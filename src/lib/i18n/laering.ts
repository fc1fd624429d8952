import type { AktivitetSlag, AktivitetStatus, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { KravTilstand } from '#lib/domain/laering/krav.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { Arena, Nivaa } from '#lib/domain/laering/nivaa.ts';
import type { PlanStatus } from '#lib/domain/laering/plan.ts';
import { formatListe } from './format.ts';
import * as m from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

/** The words of plans, læringsmål, krav and læringsaktiviteter. */

const MAL: Record<MalStatus, () => string> = {
	pagar: m.laering_mal_pagar,
	sendt: m.laering_mal_sendt,
	godkjent: m.laering_mal_godkjent,
	sendt_tilbake: m.laering_mal_sendt_tilbake,
	underkjent: m.laering_mal_underkjent,
	trukket: m.laering_mal_trukket
};
const AKTIVITET: Record<AktivitetStatus, () => string> = {
	kladd: m.laering_aktivitet_kladd,
	sendt: m.laering_aktivitet_sendt,
	signert: m.laering_aktivitet_signert,
	underkjent: m.laering_aktivitet_underkjent,
	registrert: m.laering_aktivitet_registrert
};
const KRAV: Record<KravTilstand, () => string> = {
	ikke_paabegynt: m.laering_krav_ikke_paabegynt,
	paabegynt: m.laering_krav_paabegynt,
	venter: m.laering_krav_venter,
	fullfort: m.laering_krav_fullfort
};
const NIVAA: Record<Nivaa, () => string> = {
	kjennskap: m.laering_nivaa_kjennskap,
	kunnskap: m.laering_nivaa_kunnskap,
	god_kunnskap: m.laering_nivaa_god_kunnskap,
	under_supervisjon: m.laering_nivaa_under_supervisjon,
	selvstendig: m.laering_nivaa_selvstendig
};
const ARENA: Record<Arena, () => string> = {
	fastlege: m.laering_arena_fastlege,
	legevakt: m.laering_arena_legevakt,
	sykehjem: m.laering_arena_sykehjem,
	kommuneoverlege: m.laering_arena_kommuneoverlege,
	helsestasjon: m.laering_arena_helsestasjon
};
const SLAG: Record<AktivitetSlag, () => string> = {
	signeres: m.laering_slag_signeres,
	egenregistrert: m.laering_slag_egenregistrert,
	kursbevis: m.laering_slag_kursbevis,
	fra_sykehus: m.laering_slag_fra_sykehus
};
const KURS: Record<Kurs, () => string> = {
	akuttmedisin: m.laering_kurs_akuttmedisin,
	vold_og_overgrep: m.laering_kurs_vold_og_overgrep
};
const PLAN: Record<PlanStatus, () => string> = {
	tildelt: m.laering_plan_tildelt,
	paabegynt: m.laering_plan_paabegynt,
	fullfort: m.laering_plan_fullfort,
	delt: m.laering_plan_delt,
	inaktiv: m.laering_plan_inaktiv,
	arkivert: m.laering_plan_arkivert
};

/** The state of a læringsmål in words. */
export function malstatus(status: MalStatus): string {
	return MAL[status]();
}
/** The state of a læringsaktivitet in words. */
export function aktivitetstatus(status: AktivitetStatus): string {
	return AKTIVITET[status]();
}
/** Where a krav stands, in words. */
export function kravtilstand(tilstand: KravTilstand): string {
	return KRAV[tilstand]();
}
/** The state of a plan in words. */
export function planstatus(status: PlanStatus): string {
	return PLAN[status]();
}
/** «under supervisjon». */
export function nivaanavn(nivaa: Nivaa): string {
	return NIVAA[nivaa]();
}
/** «kjennskap og selvstendig». */
export function nivaaliste(nivaer: readonly Nivaa[]): string {
	return formatListe(nivaer.map(nivaanavn));
}
/** «sykehjem». */
export function arenanavn(arena: Arena): string {
	return ARENA[arena]();
}
/** «legekontor og sykehjem». */
export function arenaliste(arenaer: readonly Arena[]): string {
	return formatListe(arenaer.map(arenanavn));
}
/** What kind of aktivitet it is, or what a krav asks for. */
export function slagnavn(slag: AktivitetSlag): string {
	return SLAG[slag]();
}
/** The name of a course. */
export function kursnavn(kurs: Kurs): string {
	return KURS[kurs]();
}

/** A text of the catalogue in the reader's language; `lang` marks it where it is another than the page's: readers of English get bokmål. */
export function katalogtekst(t: Tospraklig): { tekst: string; lang: 'nb' | 'nn' | undefined } {
	const sprak = getLocale();
	return sprak === 'nn' ? { tekst: t.nn, lang: undefined } : { tekst: t.nb, lang: sprak === 'en' ? 'nb' : undefined };
}

/** What waits for somebody: the goal with its code, or the krav; with the word for it where a recommendation is what is waited for. */
export function sakstittel({
	id,
	type,
	hva,
	tekst
}: {
	id: string;
	type: 'aktivitet' | 'mal';
	hva: string;
	tekst: Tospraklig | null;
}): { tekst: string; lang: 'nb' | 'nn' | undefined } {
	const lest = tekst ? katalogtekst(tekst) : { tekst: m.fremdrift_type_aktivitet(), lang: undefined };
	const tittel = type === 'mal' ? `${id} ${lest.tekst}` : lest.tekst;
	return hva === 'anbefaling' ? { ...lest, tekst: m.fremdrift_sak_anbefaling({ tittel }) } : { ...lest, tekst: tittel };
}
