import { dagINorge, klokkaINorge } from '../dager.ts';
import { dagerMellom, erArbeidsdag, plussDager } from '../laering/kalender.ts';
import type { Fravaersperiode } from '../laering/tjenestetid.ts';

/**
 * When somebody is reminded (issue «Hjem, varsler, e-post og filer»; the hours and days are this project's own definition, †). Reckoned in whole
 * days of Norway's calendar, so that neither night on which the clocks are moved comes into it.
 */

/** The hours of Norway's clocks in which reminders go: from the first to before the second. */
const DAGTID = ['08:00', '18:00'] as const;

/** Whether it is an hour for reminders. What fell due while nobody worked waits for the next one. */
export function erDagtid(now: Date): boolean {
	const { tid } = klokkaINorge(now);
	return tid >= DAGTID[0] && tid < DAGTID[1];
}

/** The working day before a day. */
export function arbeidsdagenFor(dag: string): string {
	const for1 = plussDager(dag, -1);
	return erArbeidsdag(for1) ? for1 : arbeidsdagenFor(for1);
}

/**
 * Whether those who take part in a samtale are to be reminded of it: from the working day before until the day comes. Not when its time was set on
 * that working day or later, for then they have just been told of it.
 * @param sattAt when date and time were set last
 */
export function samtalePaminnes({ dato, sattAt }: { dato: string; sattAt: Date }, now: Date): boolean {
	const iDag = dagINorge(now);
	const fra = arbeidsdagenFor(dato);
	return fra <= iDag && iDag < dato && dagINorge(sattAt) < fra;
}

/** The days after which it is said that something stands with somebody. */
export const STAR_DAGER = [7, 14] as const;
export type Trinn = (typeof STAR_DAGER)[number];

/** The reminder that is due of what has stood with somebody since then: the last one only, however many were missed. */
export function trinnFor(siden: Date, now: Date): Trinn | undefined {
	const dager = dagerMellom(dagINorge(siden), dagINorge(now));
	return STAR_DAGER.findLast((trinn) => dager >= trinn);
}

/** What is known of a LIS' samtaler. Days are YYYY-MM-DD. */
export type Samtalestand = {
	startDato: string;
	fravaer: readonly Fravaersperiode[];
	/** The day of the last one that was held. */
	siste: string | null;
	/** One is planned for today or later. */
	planlagt: boolean;
};

/**
 * The day since when there has been no samtale, when that is so many weeks ago; undefined when nobody needs to be told. A whole permisjon does not
 * count: while it lasts nobody is told, and afterwards it is counted from its end.
 */
export function stilleSiden(
	{ startDato, fravaer, siste, planlagt }: Samtalestand,
	uker: number,
	iDag: string
): string | undefined {
	if (planlagt) return undefined;
	const borte = fravaer.filter(({ slag, prosent }) => slag === 'permisjon' && prosent === 100);
	if (borte.some(({ fra, til }) => fra <= iDag && iDag <= til)) return undefined;
	const tilbake = borte.filter(({ til }) => til < iDag).map(({ til }) => plussDager(til, 1));
	const siden = [startDato, siste ?? startDato, ...tilbake].reduce((a, b) => (a > b ? a : b));
	return dagerMellom(siden, iDag) >= uker * 7 ? siden : undefined;
}

/** How long after half of the service it is still said, in days: the numbers are of that day. */
const HALVVEIS_SENEST_DAGER = 28;

/** Whether it is to be said that half of the service has passed. */
export function halvveisSies({ halvveis, slutt }: { halvveis: string; slutt: string }, iDag: string): boolean {
	return halvveis <= iDag && iDag <= slutt && dagerMellom(halvveis, iDag) <= HALVVEIS_SENEST_DAGER;
}
