/**
 * Characters that a name, a title or a reason never needs and that can deceive a reader: control characters, bidirectional
 * overrides and isolates, zero-width marks, byte order mark, lone surrogates.
 */
const FORBUDT = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;
const FORBUDT_UNNTATT_LINJESKIFT = /[^\P{Cc}\n\t]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

/** One line of text that a person may be shown as it is. */
export function erTryggLinje(tekst: string): boolean {
	return !FORBUDT.test(tekst);
}

/** Text of several lines that a person may be shown as it is. */
export function erTryggTekst(tekst: string): boolean {
	return !FORBUDT_UNNTATT_LINJESKIFT.test(tekst);
}
