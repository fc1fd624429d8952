import * as v from 'valibot';
import { linje, valgfriLinje, valgfrittAvsnitt } from '../felt.ts';
import { erId } from '../id.ts';
import { erDato } from '../samtale/skjema.ts';
import type { KravSlag } from './aktivitet.ts';
import { ARENAER, NIVAER, type Arena, type Nivaa } from './nivaa.ts';

/** The forms of a draft of the catalogue. Messages are keys of the message files. */

export const KRAV_SLAG = ['signeres', 'egenregistrert', 'kursbevis'] as const satisfies readonly KravSlag[];
/** Rows of the form for krav; as many as any goal has, and more. */
export const MAKS_KRAV = 12;

const tekst = (maks: number) =>
	v.pipe(
		linje(maks),
		v.check((t) => t !== '', 'katalog_feil_tittel')
	);
const mengde = <T extends string>(kjente: readonly T[]) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform((t) => kjente.filter((en) => t.split('\n').includes(en)))
	);
const dag = v.pipe(
	linje(10),
	v.check((t) => erDato(t), 'samtale_feil_dato')
);

/** The names of a version, and a note about it. */
export const hodeSkjema = v.object({
	navn_nb: tekst(200),
	navn_nn: tekst(200),
	merknad_nb: valgfrittAvsnitt(1000),
	merknad_nn: valgfrittAvsnitt(1000)
});
export type Hode = v.InferOutput<typeof hodeSkjema>;

/** A plan of one's own: what it is called for ever, and its names. */
export const nyPlanSkjema = v.object({
	plan: v.pipe(
		linje(60),
		v.check((t) => /^[a-z0-9-]{2,60}$/.test(t), 'katalog_feil_plan')
	),
	navn_nb: tekst(200),
	navn_nn: tekst(200)
});

/** When a version becomes the one for those who begin, and until when the one before may be finished. */
export const publiserSkjema = v.object({
	gyldig_fra: dag,
	overgang_til: v.pipe(
		valgfriLinje(10),
		v.check((t) => t === null || erDato(t), 'samtale_feil_dato')
	),
	bekreft: v.pipe(
		linje(2),
		v.check((t) => t === 'ja', 'katalog_feil_bekreft')
	)
});
export type Publisering = v.InferOutput<typeof publiserSkjema>;

export const MAL_FELTER = [
	...(['kode', 'tema_nb', 'tema_nn', 'tittel_nb', 'tittel_nn', 'nivaer', 'arenaer', 'skjerpet'] as const),
	...(['krav_id', 'krav_nb', 'krav_nn', 'krav_slag'] as const)
] as const;
export const MAL_FLERE = ['nivaer', 'arenaer', 'krav_id', 'krav_nb', 'krav_nn', 'krav_slag'] as const;

export type UtkastKrav = { id: string | null; nb: string; nn: string; slag: KravSlag };

/** One goal of a draft with its krav, which come as four columns of lines; a row without titles is none. */
export const malSkjema = v.pipe(
	v.object({
		kode: v.pipe(
			linje(20),
			v.check((t) => /^[A-Z]{2,8}-[0-9]{3}$/.test(t), 'katalog_feil_kode')
		),
		tema_nb: tekst(100),
		tema_nn: tekst(100),
		tittel_nb: tekst(300),
		tittel_nn: tekst(300),
		nivaer: v.pipe(mengde<Nivaa>(NIVAER), v.minLength(1, 'katalog_feil_nivaer')),
		arenaer: mengde<Arena>(ARENAER),
		skjerpet: v.pipe(
			v.optional(v.string(), ''),
			v.transform((t) => t === 'ja')
		),
		krav_id: v.optional(v.string(), ''),
		krav_nb: v.optional(v.string(), ''),
		krav_nn: v.optional(v.string(), ''),
		krav_slag: v.optional(v.string(), '')
	}),
	v.transform(({ krav_id, krav_nb, krav_nn, krav_slag, ...mal }) => ({
		...mal,
		krav: rader(krav_id, krav_nb, krav_nn, krav_slag)
	})),
	v.forward(
		v.check(({ krav }) => krav.every(({ nb, nn }) => nb !== '' && nn !== ''), 'katalog_feil_navn_krav'),
		['krav']
	),
	v.forward(
		v.check(
			({ krav }) =>
				krav.length <= MAKS_KRAV && krav.every(({ nb, nn }) => v.is(linje(200), nb) && v.is(linje(200), nn)),
			'felles_feil_ugyldig'
		),
		['krav']
	)
);
export type UtkastMal = v.InferOutput<typeof malSkjema>;

function rader(...kolonner: [string, string, string, string]): UtkastKrav[] {
	const [ider = [], nb = [], nn = [], slag = []] = kolonner.map((kolonne) =>
		kolonne.split('\n').map((en) => en.trim())
	);
	return nb
		.map((tittel, i) => ({
			id: erId(ider[i] ?? '') ? (ider[i] ?? null) : null,
			nb: tittel,
			nn: nn[i] ?? '',
			slag: KRAV_SLAG.find((kjent) => kjent === slag[i]) ?? 'signeres'
		}))
		.filter((en) => en.nb !== '' || en.nn !== '');
}
