/** When a session holds (trust.md, «Decisions»). Pure. */

const TIME = 60 * 60 * 1000;

/** A session never outlives this, however busy it is. Milliseconds. */
export const ABSOLUTT_MS = 12 * TIME;
/** Idle time when «felles maskin» was ticked. Milliseconds. */
export const FELLES_MASKIN_IDLE_MS = TIME / 4;
/** A session in use is marked at most this often. Milliseconds. */
export const TOUCH_MS = 60 * 1000;

export type OktTider = { sistSett: Date; idleMs: number; absoluttUtloper: Date };

/** When the session ends unless it is used: the idle end or the absolute end, whichever comes first. */
export function utloper(okt: OktTider): Date {
	return new Date(Math.min(okt.sistSett.getTime() + okt.idleMs, okt.absoluttUtloper.getTime()));
}

/** Whether the session still holds at `now`. */
export function oktGjelder(okt: OktTider, now: Date): boolean {
	return now < utloper(okt);
}

/** Whether it is time to mark the session as in use; often enough for a session whose idle time is short. */
export function skalTouches(okt: OktTider, now: Date): boolean {
	return now.getTime() - okt.sistSett.getTime() >= Math.min(TOUCH_MS, okt.idleMs / 4);
}
