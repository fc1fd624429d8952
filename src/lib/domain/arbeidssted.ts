/** Kinds of places of work, as the database keeps them. */
export const ARBEIDSSTED_SLAG = ['legekontor', 'sykehjem', 'legevakt', 'helsestasjon'] as const;
export type ArbeidsstedSlag = (typeof ARBEIDSSTED_SLAG)[number];

/** Whether a text names a kind of workplace. */
export function erArbeidsstedSlag(tekst: string): tekst is ArbeidsstedSlag {
	return ARBEIDSSTED_SLAG.some((slag) => slag === tekst);
}
