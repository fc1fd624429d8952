/**
 * Errors that a person caused and can do something about. The HTTP status is chosen at the edge.
 *
 * - `not_found`: there is no such thing, or one may not know of it (the two answer alike)
 * - `ended`: one's own access has ended; `since` says when
 * - `forbidden`: one may know of it, but not do this
 * - `conflict`: the thing has changed, or its state does not allow this; `reason` is a message key
 * - `invalid`: fields do not hold; `fields` maps a field's name to a message key
 * - `too_many`: throttled; `retryAfterMs` says for how long
 * - `unavailable`: it cannot be had now, for a reason of our own; `reason` is a message key
 */
export type FeilKode = 'not_found' | 'ended' | 'forbidden' | 'conflict' | 'invalid' | 'too_many' | 'unavailable';

export class AppError extends Error {
	readonly code: FeilKode;
	readonly detail: { since?: Date; reason?: string; fields?: Record<string, string>; retryAfterMs?: number };

	constructor(code: FeilKode, detail: AppError['detail'] = {}) {
		super(detail.reason ? `${code}: ${detail.reason}` : code);
		this.name = 'AppError';
		this.code = code;
		this.detail = detail;
	}
}
