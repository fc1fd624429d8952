import type { Actor } from '#lib/domain/actor.ts';
import { AppError } from '#lib/domain/feil.ts';
import type { Action, Actions, Decision } from './actions.ts';
import { policies, type Policy } from './policies/index.ts';

/** The one door: HTTP, websocket and jobs ask here. */
export function decide<A extends Action>(actor: Actor, action: A, thing: Actions[A], now: Date): Decision {
	const policy = policies[action] as Policy<A>;
	return policy(actor, thing, now);
}

/** Whether the actor may, for `abilities` on a page. */
export function can<A extends Action>(actor: Actor, action: A, thing: Actions[A], now: Date): boolean {
	return decide(actor, action, thing, now).ok;
}

/**
 * Lets the actor through or throws: `not_found` for what one may not know of, `ended` with the date, `forbidden`, or
 * `conflict` when the state does not allow it.
 */
export function authorize<A extends Action, T extends Actions[A]>(
	actor: Actor,
	action: A,
	thing: T | undefined,
	now: Date
): asserts thing is T {
	if (thing === undefined) throw new AppError('not_found');
	const decision = decide(actor, action, thing, now);
	if (decision.ok) return;
	if (decision.why === 'ended') throw new AppError('ended', { since: decision.since });
	if (decision.why === 'state') throw new AppError('conflict', { reason: decision.reason });
	throw new AppError(decision.why === 'unknown' ? 'not_found' : 'forbidden');
}
