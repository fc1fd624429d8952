/**
 * The growing delay at log-in (trust.md, «Throttling»): a wrong password makes the next attempt wait, never refuses it for
 * long, so that a stranger who guesses cannot lock the owner out. A device that logged in before has a count of its own.
 */

/** Attempts older than this are forgotten. Milliseconds. */
export const VINDU_MS = 15 * 60 * 1000;
/** So many mistakes are free. */
const FRITT = 4;
const STEG_MS = 250;
/** The longest wait. Milliseconds. */
const LENGST_MS = 4_000;
/** More attempts than this within `FLOM_MS` are a machine at work: answered 429 at once. */
const FLOM = 25;
const FLOM_MS = 10_000;

export type Brems = { ventMs: number } | { avvist: true; provIgjenMs: number };

/** What the next attempt meets, given when the failed ones within the window were made. */
export function brems(feilede: readonly Date[], now: Date): Brems {
	const nylig = feilede.filter((at) => now.getTime() - at.getTime() < FLOM_MS);
	const eldste = nylig.at(-1);
	if (nylig.length >= FLOM && eldste)
		return { avvist: true, provIgjenMs: Math.max(1000, FLOM_MS - (now.getTime() - eldste.getTime())) };
	const over = feilede.length - FRITT;
	return { ventMs: over <= 0 ? 0 : Math.min(STEG_MS * 2 ** (over - 1), LENGST_MS) };
}

/** So many attempts within so long, in milliseconds. */
export type Grense = { antall: number; vinduMs: number };

/** How long to wait until one more attempt is within the limit, in milliseconds; 0 when it is now. `forsok`: the newest first. */
export function ventTilPlass(forsok: readonly Date[], { antall, vinduMs }: Grense, now: Date): number {
	const eldste = forsok.filter((at) => now.getTime() - at.getTime() < vinduMs)[antall - 1];
	return eldste ? vinduMs - (now.getTime() - eldste.getTime()) : 0;
}
