import { dagINorge } from '../dager.ts';
import { plussManeder } from '../inaktivitet.ts';

/**
 * Whether a plan has gone inactive (product.md, S18 and «States»): the LIS has done nothing in it for so many months, reckoned in days of Norway's
 * calendar. Permisjon holds it: never while it lasts, and the months are counted from its last day.
 * @param siste the LIS' last act in the plan, or when it was assigned
 * @param permisjonTil the last day (YYYY-MM-DD) of the latest permisjon that has begun, or null
 */
export function erPlanInaktiv(
	{ siste, permisjonTil }: { siste: Date; permisjonTil: string | null },
	maneder: number,
	now: Date
): boolean {
	const aktiv = dagINorge(siste);
	const fra = permisjonTil !== null && permisjonTil > aktiv ? permisjonTil : aktiv;
	return dagINorge(now) >= plussManeder(fra, maneder);
}
