import { CLOSE } from '#lib/collab/close-codes.ts';

/**
 * What the page does when the server has closed for good:
 * - `log-in`: the text stays, the person logs in again, the same Y.Doc goes on.
 * - `start-over`: the text that was not saved is set aside; a fresh Y.Doc with a new clientID takes over.
 * - `read-only`: set aside as well, and nothing can be written any more.
 * - `reload`: set aside as well; only a new page helps.
 */
export type Answer = 'log-in' | 'start-over' | 'read-only' | 'reload';

export function answerTo(code: number): Answer {
	if (code === CLOSE.sessionEnded) return 'log-in';
	if (code === CLOSE.oldSchema) return 'reload';
	if (code === CLOSE.final || code === CLOSE.noAccess) return 'read-only';
	// A code of a newer server is treated as a refusal: a fresh Y.Doc is always safe.
	return 'start-over';
}

const WINDOW_MS = 60_000;
const AT_MOST = 3;

/** Counts refusals, so that a page that is refused again and again stops instead of reconnecting for ever. */
export class RefusalCounter {
	#times: number[] = [];

	/** Notes a refusal; false when it was one too many within a minute. */
	note(now: number): boolean {
		this.#times = [...this.#times.filter((time) => now - time < WINDOW_MS), now];
		return this.#times.length <= AT_MOST;
	}
}
