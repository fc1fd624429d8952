/**
 * What a form action answers when it does not redirect. A page with several forms tells them apart by `skjema`; texts are message
 * keys, so that the answer does not depend on a language.
 */
export type Skjemasvar = {
	skjema: string;
	ok?: boolean;
	/** What concerns the form as a whole, as a message key. */
	feil?: string | undefined;
	/** Field → message key. */
	felter?: Record<string, string>;
	/** What was typed, kept when something is wrong. */
	verdier?: Record<string, string>;
};

/** The answer, if it is this form's. */
export function svarFor(svar: Skjemasvar | null | undefined, skjema: string): Skjemasvar | undefined {
	return svar?.skjema === skjema ? svar : undefined;
}
