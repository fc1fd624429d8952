import { UKER_I_TJENESTEN } from '../dager.ts';
import { arbeidsdagerMellom, dagerFra, erArbeidsdag, plussDager, plussUker } from './kalender.ts';

/**
 * How long the service takes when some of it is missed. The regulation says that absence over a tenth of the service makes it longer
 * (spesialistforskriften § 31; the employer decides how much). How it is counted is this project's own definition (†), the same
 * everywhere, and an estimate for those who plan, not a decision:
 *
 * - The service is the working days of 26 calendar weeks from the first day. Holidays belong to it and need not be made up.
 * - Only working days can be missed. A missed working day is made up by a working day at the end.
 * - Permisjon is made up in full. Other absence is made up only for what exceeds 10 % of 26 weeks of five days, which is 13 days
 *   for everybody, wherever Easter falls. Absence while it is made up counts too.
 * - Percentages are of a whole position. On a day that several spans cover, the greatest of each kind counts, permisjon first,
 *   and together no more than the whole day: nothing is counted twice.
 * - Spans are followed for ten years from the start; nobody plans longer, and no date that is mistyped can make this run for ever.
 */

/** The share of the service that one can be away without making it up. */
export const FRAVAERSGRENSE_PROSENT = 10;
/** The same in working days. */
export const FRAVAERSGRENSE_DAGER = (UKER_I_TJENESTEN * 5 * FRAVAERSGRENSE_PROSENT) / 100;

const MAKS_DAGER = 3653;

export type Fravaersslag = 'permisjon' | 'sykdom' | 'annet';
/** Absence from one day to another, both counted (YYYY-MM-DD); `prosent` of a whole position, 1–100. */
export type Fravaersperiode = { slag: Fravaersslag; fra: string; til: string; prosent: number };
/** How much of a day was missed, in hundredths of it. */
export type Andel = { permisjon: number; annet: number };

/** A working day of the service: how many days after the first, and what lies before it in hundredths of a day. */
type Tjenestedag = { dag: string; nr: number; permisjonFor: number; gjortFor: number };

export type Tjenestetid = {
	startDato: string;
	/** The last working day, had nothing been missed. */
	opprinneligSlutt: string;
	/** The last working day as it is planned now. */
	slutt: string;
	/** The first working day with the working days of 13 weeks behind it. */
	halvveis: string;
	/** Working days of permisjon, of other absence, and of that what exceeds the limit; with parts of days. */
	permisjonsdager: number;
	fravaersdager: number;
	dagerOverGrensen: number;
	/** The day on which each of the 26 weeks begins; permisjon lies between them. */
	ukestarter: string[];
};

/** What is missed of a working day, as a function of the day. */
export function andeler(startDato: string, fravaer: readonly Fravaersperiode[]): (dag: string) => Andel {
	const senest = plussDager(startDato, MAKS_DAGER);
	const storst = (perioder: readonly Fravaersperiode[], dag: string) =>
		perioder.reduce(
			(andel, { fra, til, prosent }) => (fra <= dag && dag <= til ? Math.max(andel, Math.min(prosent, 100)) : andel),
			0
		);
	const permisjoner = fravaer.filter(({ slag }) => slag === 'permisjon');
	const andre = fravaer.filter(({ slag }) => slag !== 'permisjon');
	return (dag) => {
		if (dag > senest) return { permisjon: 0, annet: 0 };
		const permisjon = storst(permisjoner, dag);
		return { permisjon, annet: Math.min(storst(andre, dag), 100 - permisjon) };
	};
}

/** The service from its first day (YYYY-MM-DD) with all absence that is known, past and coming. */
export function beregnTjenestetid(startDato: string, fravaer: readonly Fravaersperiode[]): Tjenestetid {
	const sisteDag = plussDager(plussUker(startDato, UKER_I_TJENESTEN), -1);
	const skalGjores = arbeidsdagerMellom(startDato, sisteDag) * 100;
	const halve = arbeidsdagerMellom(startDato, plussDager(plussUker(startDato, UKER_I_TJENESTEN / 2), -1)) * 100;
	const grense = FRAVAERSGRENSE_DAGER * 100;
	const andelPa = andeler(startDato, fravaer);
	const dager: Tjenestedag[] = [];
	let [gjort, permisjon, annet] = [0, 0, 0];
	let nr = -1;
	for (const { dag, arbeidsdag } of dagerFra(startDato)) {
		nr++;
		if (!arbeidsdag) continue;
		if (gjort >= skalGjores) break;
		dager.push({ dag, nr, permisjonFor: permisjon, gjortFor: gjort });
		const andel = andelPa(dag);
		const overFor = Math.max(0, annet - grense);
		permisjon += andel.permisjon;
		annet += andel.annet;
		gjort += 100 - andel.permisjon - (Math.max(0, annet - grense) - overFor);
	}
	const slutt = dager.at(-1)?.dag ?? sisteDag;
	return {
		startDato,
		opprinneligSlutt: sisteArbeidsdag(sisteDag),
		slutt,
		halvveis: dager.find(({ gjortFor }) => gjortFor >= halve)?.dag ?? slutt,
		permisjonsdager: permisjon / 100,
		fravaersdager: annet / 100,
		dagerOverGrensen: Math.max(0, annet - grense) / 100,
		ukestarter: ukestarter(startDato, dager)
	};
}

/** The week of 26 on a day: it stands still in permisjon, and stays 26 afterwards. Null before the start. */
export function ukePa(
	{ startDato, ukestarter }: Pick<Tjenestetid, 'startDato' | 'ukestarter'>,
	dag: string
): number | null {
	return dag < startDato ? null : ukestarter.filter((start) => start <= dag).length;
}

/** The same from what is known of a LIS; null also while the first day is not known. */
export function ukeAv(
	{ startDato, fravaer }: { startDato: string | null; fravaer: readonly Fravaersperiode[] },
	dag: string
): number | null {
	return startDato === null ? null : ukePa(beregnTjenestetid(startDato, fravaer), dag);
}

function sisteArbeidsdag(dag: string): string {
	return erArbeidsdag(dag) ? dag : sisteArbeidsdag(plussDager(dag, -1));
}

/**
 * Until the first permisjon the weeks are those of the calendar. From then on a day has the week it would have been, had the whole
 * working days of permisjon before it not been; a week then begins on a working day.
 */
function ukestarter(startDato: string, dager: readonly Tjenestedag[]): string[] {
	const forste = dager.findIndex(({ permisjonFor }) => permisjonFor > 0);
	const ukeTil = (i: number) =>
		Math.floor((dager[i - Math.floor((dager[i]?.permisjonFor ?? 0) / 100)]?.nr ?? 0) / 7) + 1;
	const starter: string[] = [];
	for (let uke = 1; uke <= UKER_I_TJENESTEN; uke++) {
		const ikalenderen = plussUker(startDato, uke - 1);
		const i =
			forste < 0 || ikalenderen < (dager[forste]?.dag ?? '')
				? -1
				: dager.findIndex((_, nr) => nr >= forste && ukeTil(nr) >= uke);
		starter.push(dager[i]?.dag ?? ikalenderen);
	}
	return starter;
}
