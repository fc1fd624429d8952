import * as v from 'valibot';
import { linje, valgfrittAvsnitt } from '../felt.ts';

/** The individual training plan: a living page whose versions stay. Messages are keys of the message files. */

/** What it says: goals of the service, what is needed, what is done about it, arenas and rotation, and what is agreed in practice. */
export const PLANFELTER = ['mal', 'behov', 'tiltak', 'arenaer', 'avtale'] as const;
export type Planfelt = (typeof PLANFELTER)[number];
export type Planinnhold = Record<Planfelt, string | null>;
export const MAKS_PLANTEKST = 5000;

export const UTDANNINGSPLAN_FELTER = [...PLANFELTER, 'versjon'] as const;

/** Those who agree on a version, each for themself. */
export const ENIGE = ['lis', 'veileder', 'leder'] as const;
export type Enigrolle = (typeof ENIGE)[number];

const versjon = v.pipe(
	linje(9),
	v.check((t) => /^\d+$/.test(t), 'felles_feil_ugyldig'),
	v.transform(Number)
);

/** A new version; `versjon` is the one that it was written on top of, 0 for the first. At least one field says something. */
export const utdanningsplanSkjema = v.pipe(
	v.object({
		mal: valgfrittAvsnitt(MAKS_PLANTEKST),
		behov: valgfrittAvsnitt(MAKS_PLANTEKST),
		tiltak: valgfrittAvsnitt(MAKS_PLANTEKST),
		arenaer: valgfrittAvsnitt(MAKS_PLANTEKST),
		avtale: valgfrittAvsnitt(MAKS_PLANTEKST),
		versjon
	}),
	v.forward(
		v.check((plan) => PLANFELTER.some((felt) => plan[felt] !== null), 'utdanningsplan_feil_tom'),
		['mal']
	)
);
export type NyUtdanningsplan = v.InferOutput<typeof utdanningsplanSkjema>;

/** «Jeg er enig» in the version that was shown. */
export const enigSkjema = v.object({ versjon });

/** Whether two versions say the same. */
export function erLik(a: Planinnhold, b: Planinnhold): boolean {
	return PLANFELTER.every((felt) => a[felt] === b[felt]);
}

/** What is kept of a version, whatever the row holds beside it. */
export function lesPlaninnhold(innhold: unknown): Planinnhold {
	const felt = (navn: Planfelt): string | null => {
		const verdi = (innhold as Record<string, unknown> | null)?.[navn];
		return typeof verdi === 'string' ? verdi : null;
	};
	return Object.fromEntries(PLANFELTER.map((navn) => [navn, felt(navn)])) as Planinnhold;
}
