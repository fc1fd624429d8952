import { dagerFra, dagerMellom, plussDager, type Kalenderdag } from './kalender.ts';
import { andeler, type Fravaersperiode, type Tjenestetid } from './tjenestetid.ts';

/**
 * How fast læringsmål are approved, and when they would all be at that pace (†, this project's own definition). A week is five
 * working days without permisjon: Christmas, Easter and permisjon neither slow the tempo down nor hurry the estimate. What was
 * approved before the service began says nothing about its tempo. Goals are often approved in bunches, so the estimate is silent
 * until there is something to go by, and goes by the mean of the last weeks and of the whole service.
 */

/** The weeks that the recent tempo looks back on. */
export const SISTE_UKER = 6;
/** Under so many weeks, or so few approved goals, there is too little to say. */
export const MINST_UKER = 4;
export const MINST_GODKJENTE = 3;
/** An estimate further away than this, in days, is no news to anybody. */
const LENGST_FREM = 365;
/** Estimates within a week of the planned end are called about the same. */
const OMTRENT_DAGER = 7;

/** Goals approved per week. */
export type Tempo = { siste: number; samlet: number };
/** When all goals would be approved; what hinders saying so; or that they are. */
export type Forventet =
	| { slag: 'ferdig' }
	/** `dagerEtterSlutt`: calendar days after the planned end, negative before it. */
	| { slag: 'anslag'; dato: string; dagerEtterSlutt: number; forhold: 'for' | 'omtrent' | 'etter' }
	| { slag: 'uviss'; grunn: 'for_tidlig' | 'for_fa' | 'for_langt' };

type Grunnlag = {
	tid: Pick<Tjenestetid, 'startDato' | 'slutt'>;
	idag: string;
	fravaer: readonly Fravaersperiode[];
	/** The days on which goals were approved (YYYY-MM-DD). */
	godkjent: readonly string[];
	/** Goals that are not approved yet. */
	gjenstar: number;
};

/** The tempo until today and what it leads to. */
export function beregnTempo({ tid, idag, fravaer, godkjent, gjenstar }: Grunnlag): {
	tempo: Tempo | null;
	forventet: Forventet;
} {
	const andelPa = andeler(tid.startDato, fravaer);
	const arbeid = ({ dag, arbeidsdag }: Kalenderdag) => (arbeidsdag ? 1 - andelPa(dag).permisjon / 100 : 0);
	const { dager, sisteFra } = bakover(tid.startDato, idag, arbeid);
	const antall = (fra: string) => godkjent.filter((dag) => fra <= dag && dag <= idag).length;
	const perUke = (mal: number, paDager: number) => (mal * 5) / Math.max(paDager, 5);
	const tempo: Tempo | null =
		dager < MINST_UKER * 5
			? null
			: {
					siste: perUke(antall(sisteFra), Math.min(dager, SISTE_UKER * 5)),
					samlet: perUke(antall(tid.startDato), dager)
				};

	if (gjenstar === 0) return { tempo, forventet: { slag: 'ferdig' } };
	if (!tempo) return { tempo, forventet: { slag: 'uviss', grunn: 'for_tidlig' } };
	if (antall(tid.startDato) < MINST_GODKJENTE) return { tempo, forventet: { slag: 'uviss', grunn: 'for_fa' } };
	const uker = gjenstar / ((tempo.siste + tempo.samlet) / 2);
	return { tempo, forventet: fremover(tid.slutt, idag, uker * 5, arbeid) };
}

/** Working days from the start up to today, and the day from which the last weeks are counted. */
function bakover(
	start: string,
	idag: string,
	arbeid: (dag: Kalenderdag) => number
): { dager: number; sisteFra: string } {
	const tidligere: Kalenderdag[] = [];
	for (const dag of dagerFra(start)) {
		if (dag.dag > idag) break;
		tidligere.push(dag);
	}
	let [dager, sisteFra] = [0, start];
	for (const dag of tidligere.reverse()) {
		if (dager < SISTE_UKER * 5) sisteFra = dag.dag;
		dager += arbeid(dag);
	}
	return { dager, sisteFra };
}

/** The day after today on which so many working days are behind one. */
function fremover(slutt: string, idag: string, dager: number, arbeid: (dag: Kalenderdag) => number): Forventet {
	const senest = plussDager(idag, LENGST_FREM);
	let igjen = dager;
	for (const dag of dagerFra(plussDager(idag, 1))) {
		if (dag.dag > senest) break;
		igjen -= arbeid(dag);
		if (igjen > 1e-9) continue;
		const dagerEtterSlutt = dagerMellom(slutt, dag.dag);
		const forhold = Math.abs(dagerEtterSlutt) < OMTRENT_DAGER ? 'omtrent' : dagerEtterSlutt < 0 ? 'for' : 'etter';
		return { slag: 'anslag', dato: dag.dag, dagerEtterSlutt, forhold };
	}
	return { slag: 'uviss', grunn: 'for_langt' };
}
