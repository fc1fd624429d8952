import * as v from 'valibot';
import { valgfrittAvsnitt } from '../felt.ts';
import { UTEN } from './mal.ts';

/** The forms of signing, approving and refusing (S13, S15). Messages are keys of the message files. */

export const MAKS_BEGRUNNELSE = 2000;

const grunn = v.pipe(valgfrittAvsnitt(MAKS_BEGRUNNELSE), v.string('signering_feil_grunn'));
const versjon = v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'felles_feil_ugyldig'), v.transform(Number));

/** A thing and the version in which it was seen, as a box to tick carries them: `navn:versjon`. */
const sett = (verdi: string): [navn: string, versjon: number][] => {
	const treff = /^(.{1,40}):(\d{1,9})$/.exec(verdi);
	return treff?.[1] && treff[2] ? [[treff[1], Number(treff[2])]] : [];
};
/** What was ticked, one a line. What is nothing of ours is left out: it was not on the page. */
const valgte = v.pipe(
	v.optional(v.string(), ''),
	v.transform((tekst) => tekst.split('\n').slice(0, 200).flatMap(sett))
);

/** `aktivitet` may be repeated. */
export const signerSkjema = v.object({
	aktivitet: v.pipe(
		valgte,
		v.transform((alle) => alle.map(([id, sist]) => ({ id, versjon: sist }))),
		v.minLength(1, 'signering_feil_velg')
	),
	tilbakemelding: valgfrittAvsnitt(MAKS_BEGRUNNELSE),
	anbefal: v.pipe(
		v.optional(v.string(), ''),
		v.transform((verdi) => verdi === 'ja')
	)
});

/** `mal` may be repeated. */
export const godkjennSkjema = v.object({
	mal: v.pipe(
		valgte,
		v.transform((alle) => alle.map(([kode, sist]) => ({ kode, versjon: sist }))),
		v.minLength(1, 'godkjenning_feil_velg')
	),
	uten: v.pipe(
		v.optional(v.string(), ''),
		v.transform((verdi) => UTEN.find((en) => en === verdi) ?? null)
	),
	utenTekst: valgfrittAvsnitt(MAKS_BEGRUNNELSE),
	kommentar: valgfrittAvsnitt(MAKS_BEGRUNNELSE)
});
/** Underkjenn, send tilbake, withdraw: with a reason. */
export const begrunnSkjema = v.object({ versjon, grunn });
