import type { RelasjonRolle, Sprak } from '#lib/domain/actor.ts';
import { klokkaINorge } from '#lib/domain/dager.ts';
import { formatDato, formatListe, formatTid } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Kalenderhendelse } from '../kalender/ics.ts';
import type { Mal, MalData } from './maler.ts';

/** What a mail says, before it is written as HTML and as text. All of it is plain text. */
export type Innhold = {
	emne: string;
	tittel: string;
	avsnitt: string[];
	/** The few things one looks for: who, which role, by when. */
	fakta: [navn: string, verdi: string][];
	/** Lists under a heading each, after the facts. */
	lister?: { tittel: string; punkter: string[] }[];
	/** The one button; `sti` is a path of the portal. */
	knapp?: { tekst: string; sti: string };
	/** One thing more that can be done, beneath the button. */
	lenke?: { tekst: string; sti: string };
	/** An appointment that goes with it as a calendar file; its link begins with the origin that it is given. */
	kalender?: (origin: string) => Kalenderhendelse;
	/** Why this person gets it. */
	hvorfor: string;
};

/** What a template is given besides its data: the receiver's language, and the path that was sealed for this mail. */
export type Oppsett = { locale: Sprak; sti: string | undefined };

/** One template: what a mail of this kind says. */
export type Skriv<M extends Mal> = (data: MalData[M], oppsett: Oppsett) => Innhold;

const ROLLER: Record<RelasjonRolle, typeof m.epost_rolle_leder> = {
	leder: m.epost_rolle_leder,
	veileder: m.epost_rolle_veileder,
	supervisor: m.epost_rolle_supervisor
};

/** «leder og veileder», as within a sentence. */
export function rolleliste(roller: readonly RelasjonRolle[], { locale }: Oppsett): string {
	return formatListe(
		roller.map((rolle) => ROLLER[rolle]({}, { locale })),
		{ locale }
	);
}

/** The line that names the roles. */
export function rollefakta(roller: readonly RelasjonRolle[], oppsett: Oppsett): [string, string] {
	const { locale } = oppsett;
	const navn = roller.length > 1 ? m.epost_felt_roller({}, { locale }) : m.epost_felt_rolle({}, { locale });
	return [navn, rolleliste(roller, oppsett)];
}

/** «24. november 2026 kl. 14.30», by Norway's clocks, of an instant in ISO 8601. */
export function nar(tidspunkt: string, { locale }: Oppsett): string {
	const { dato, tid } = klokkaINorge(new Date(tidspunkt));
	return `${formatDato(dato, { locale })} ${m.dato_klokke({ tid: formatTid(tid, { locale }) }, { locale })}`;
}

/**
 * A name as a mail may show it: one line without control or bidi characters, cut at 100. A point or an «@» gets a space after
 * it, so that no mail program makes a link of a name, and what has the form of a fødselsnummer is left out (T17).
 */
export function navnIEpost(navn: string): string {
	const ord = enLinje(navn)
		.replaceAll(/(?<!\d)\d{6} ?\d{5}(?!\d)/g, '…')
		.replaceAll('://', ' ')
		.replaceAll(/([.@])(?=\S)/g, '$1 ');
	return [...ord].slice(0, 100).join('').trim();
}

/** One line, without anything that could end a header, turn the reading direction, or pass for an encoded word (RFC 2047). */
export function enLinje(tekst: string): string {
	return tekst
		.toWellFormed()
		.replaceAll(/[\p{Cf}\p{Cs}\p{Co}\ufffd]/gu, '')
		.replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
		.replaceAll('=?', '= ?')
		.trim();
}
