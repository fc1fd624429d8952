import * as v from 'valibot';
import { linje, valgfriLinje, valgfrittAvsnitt } from '../felt.ts';
import { erId } from '../id.ts';
import { erDato } from '../samtale/skjema.ts';
import { KURS, type Kurs } from './aktivitet.ts';
import { NIVAER } from './nivaa.ts';

/** The forms of a læringsaktivitet and of sending a læringsmål (S13, S14). Messages are keys of the message files. */

export const MAKS_TEKST = 5000;
export const MAKS_KOMMENTAR = 2000;

/** What an aktivitet is for: a krav, one of the courses, evidence from the hospital, or not said yet. */
export type Gjelder = { hva: 'krav'; kravId: string } | { hva: 'kurs'; kurs: Kurs } | { hva: 'sykehus' } | null;

/** Whom it goes to: a supervisør, or somebody invited who has not accepted yet. */
export type Mottaker = { hvem: 'person' | 'invitasjon'; id: string } | null;

/** The fields of the form, as they are called there; `mal` may be repeated. */
export const AKTIVITET_FELTER = [
	...(['id', 'versjon', 'gjelder', 'mal', 'dato', 'sted'] as const),
	...(['tekst', 'refleksjon', 'nivaa', 'mottaker'] as const),
	// Whom the page was made for: a draft is never saved as somebody else's who has logged in meanwhile.
	'hvem'
] as const;
export type AktivitetVerdier = Record<(typeof AKTIVITET_FELTER)[number], string>;

/** The choice that the form gives for what an aktivitet is for. */
export function gjelderVerdi(gjelder: Gjelder): string {
	if (gjelder === null) return '';
	return gjelder.hva === 'krav' ? gjelder.kravId : gjelder.hva === 'kurs' ? `kurs-${gjelder.kurs}` : 'sykehus';
}

/** The choice that the form gives for whom it goes to. */
export function mottakerVerdi(mottaker: Mottaker): string {
	return mottaker === null ? '' : `${mottaker.hvem}-${mottaker.id}`;
}

function lesGjelder(verdi: string): Gjelder {
	if (verdi === 'sykehus') return { hva: 'sykehus' };
	const kurs = KURS.find((ett) => verdi === `kurs-${ett}`);
	if (kurs) return { hva: 'kurs', kurs };
	return erId(verdi) ? { hva: 'krav', kravId: verdi } : null;
}

function lesMottaker(verdi: string): Mottaker {
	const treff = /^(person|invitasjon)-(.+)$/.exec(verdi);
	return treff?.[1] && treff[2] && erId(treff[2]) ? { hvem: treff[1] as 'person' | 'invitasjon', id: treff[2] } : null;
}

const dato = v.pipe(
	valgfriLinje(10),
	v.check((t) => t === null || erDato(t), 'samtale_feil_dato')
);

/** A draft: everything may be missing, but what is there must hold. */
export const kladdSkjema = v.object({
	id: v.pipe(v.string(), v.check(erId, 'felles_feil_ugyldig')),
	versjon: v.pipe(
		linje(9),
		v.check((t) => /^\d+$/.test(t), 'felles_feil_ugyldig'),
		v.transform(Number)
	),
	gjelder: v.pipe(
		linje(60),
		v.check((t) => t === '' || lesGjelder(t) !== null, 'felles_feil_ugyldig'),
		v.transform(lesGjelder)
	),
	mal: v.pipe(
		v.optional(v.string(), ''),
		v.transform((t) => [...new Set(t.split('\n').filter((kode) => kode !== ''))].sort()),
		v.maxLength(100, 'felles_feil_ugyldig')
	),
	dato,
	sted: valgfriLinje(200),
	tekst: valgfrittAvsnitt(MAKS_TEKST),
	refleksjon: valgfrittAvsnitt(MAKS_TEKST),
	nivaa: v.pipe(
		valgfriLinje(30),
		v.transform((t) => t as string | null),
		v.nullable(v.picklist(NIVAER, 'felles_feil_ugyldig'))
	),
	mottaker: v.pipe(
		linje(60),
		v.check((t) => t === '' || lesMottaker(t) !== null, 'felles_feil_ugyldig'),
		v.transform(lesMottaker)
	)
});
export type Kladd = v.InferOutput<typeof kladdSkjema>;

/** S14: the day on which the goal was reached, and a word to the leder. */
export const sendMalSkjema = v.object({
	dato: v.pipe(
		linje(10),
		v.check((t) => t !== '', 'laering_feil_fullfort_mangler'),
		v.check((t) => t === '' || erDato(t), 'samtale_feil_dato')
	),
	kommentar: valgfrittAvsnitt(MAKS_KOMMENTAR)
});

/**
 * What is missing before a draft can be sent or registered, by field (S13: dato, krav and supervisør must be there). Days that have
 * not come yet cannot have been done.
 */
export function mangler(
	kladd: Pick<Kladd, 'gjelder' | 'dato' | 'mottaker' | 'mal'>,
	{ signeres, iDag }: { signeres: boolean; iDag: string }
): Record<string, string> {
	const feil: Record<string, string> = {};
	if (kladd.gjelder === null) feil['gjelder'] = 'aktivitet_feil_krav_mangler';
	if (kladd.gjelder?.hva === 'sykehus' && kladd.mal.length === 0) feil['mal'] = 'aktivitet_feil_mal_mangler';
	if (kladd.dato === null) feil['dato'] = 'aktivitet_feil_dato_mangler';
	else if (kladd.dato > iDag) feil['dato'] = 'aktivitet_feil_dato_framtid';
	if (signeres && kladd.mottaker === null) feil['mottaker'] = 'aktivitet_feil_supervisor_mangler';
	return feil;
}

/** Whether a draft can be saved as it stands: asked before it leaves the device. */
export function kanLagres(verdier: AktivitetVerdier): boolean {
	return v.is(kladdSkjema, verdier);
}

/** Whether two forms say the same; their versions aside. */
export function sierDetSamme(en: AktivitetVerdier, annen: AktivitetVerdier): boolean {
	return AKTIVITET_FELTER.every((felt) => felt === 'versjon' || (en[felt] ?? '').trim() === (annen[felt] ?? '').trim());
}
