/** Times of the finalizing (collab.md, «Finalize»). Milliseconds. */

/** After «Ferdigstill», what is under way may still land for this long; the same stands in SQL (collab_grace). */
export const GRACE_MS = 1_000;
/** A finalizing that nobody confirms goes back to open after this. */
export const CLOSING_MS = 10 * 60 * 1000;

/** How long until what will be frozen stands still; 0 when it does. */
export function tilDetStarStille(closingAt: Date, now: Date): number {
	return Math.max(0, closingAt.getTime() + GRACE_MS + 1 - now.getTime());
}
