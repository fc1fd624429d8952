import { dagINorge } from './dager.ts';

/**
 * S19, R08: who has been away for so many months is deactivated, after a warning 30 days and one 7 days before. Reckoned in
 * whole days of Norway's calendar: no hour of a night on which the clocks change comes into it.
 */

/** Days from a warning to the deactivation it announces. */
export const FORSTE_VARSEL_DAGER = 30;
export const ANDRE_VARSEL_DAGER = 7;

/** What is known of a person's absence. */
export type Fravaer = {
	/** The last log-in, or when the user was made. */
	sist: Date;
	/** When they were warned since then. */
	varslet: Date | null;
	varsletIgjen: Date | null;
};

/** What is to be done now; `dato` is the day (YYYY-MM-DD) that the warning announces. */
export type Tiltak = { type: 'varsle' | 'varsle-igjen'; dato: string } | { type: 'deaktiver' };

/**
 * What is due on the day it is in Norway. A day that was announced is kept: somebody who was warned late (the worker was away, or the
 * setting was shortened) gets the full time from that warning.
 * @param maneder months without a log-in that count as inactive
 */
export function inaktivitetstiltak(fravaer: Fravaer, maneder: number, now: Date): Tiltak | undefined {
	const iDag = dagINorge(now);
	const grense = plussManeder(dagINorge(fravaer.sist), maneder);
	if (!fravaer.varslet) {
		return iDag >= plussDager(grense, -FORSTE_VARSEL_DAGER)
			? { type: 'varsle', dato: senest(grense, plussDager(iDag, FORSTE_VARSEL_DAGER)) }
			: undefined;
	}
	const lovet = senest(grense, plussDager(dagINorge(fravaer.varslet), FORSTE_VARSEL_DAGER));
	if (!fravaer.varsletIgjen) {
		return iDag >= plussDager(lovet, -ANDRE_VARSEL_DAGER)
			? { type: 'varsle-igjen', dato: senest(lovet, plussDager(iDag, ANDRE_VARSEL_DAGER)) }
			: undefined;
	}
	const endelig = senest(lovet, plussDager(dagINorge(fravaer.varsletIgjen), ANDRE_VARSEL_DAGER));
	return iDag >= endelig ? { type: 'deaktiver' } : undefined;
}

/**
 * Nobody who logged in after this instant can have anything due: narrows down whom to look at. A day's margin for the zone.
 */
export function tidligsteGrense(maneder: number, now: Date): Date {
	const dag = plussManeder(plussDager(dagINorge(now), FORSTE_VARSEL_DAGER + 3), -maneder);
	return new Date(`${plussDager(dag, 1)}T00:00:00Z`);
}

/** A day so many days later; days have no hours. */
export function plussDager(dag: string, dager: number): string {
	return new Date(Date.parse(dag) + dager * 86_400_000).toISOString().slice(0, 10);
}

/** The same day so many months later, or the last of a month that is shorter (31 August + 6 → 28 February). */
export function plussManeder(dag: string, maneder: number): string {
	const [ar = 0, maned = 1, iManed = 1] = dag.split('-').map(Number);
	const siste = new Date(Date.UTC(ar, maned + maneder, 0)).getUTCDate();
	return new Date(Date.UTC(ar, maned - 1 + maneder, Math.min(iManed, siste))).toISOString().slice(0, 10);
}

function senest(a: string, b: string): string {
	return a > b ? a : b;
}
