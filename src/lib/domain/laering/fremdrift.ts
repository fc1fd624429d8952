import { UKER_I_TJENESTEN } from '../dager.ts';
import type { MalStatus } from './mal.ts';
import { beregnTempo, type Forventet, type Tempo } from './tempo.ts';
import { beregnTjenestetid, ukePa, type Fravaersperiode, type Tjenestetid } from './tjenestetid.ts';

/**
 * Where a LIS is in the 26 weeks and how the læringsmål are coming along (S11; experience.md, «Progress»). Facts and an estimate,
 * never a verdict: approval of a goal is a judgement, and being before or after a line is not one.
 */

/** `godkjentDato`: YYYY-MM-DD, the day that goes with `godkjent`. */
export type MalIFremdrift = { kode: string; status: MalStatus; godkjentDato: string | null };

export type Fremdrift = Tjenestetid & {
	idag: string;
	/** The week of 26; null before the start. */
	uke: number | null;
	avUker: number;
	/** In permisjon today, in part or wholly. */
	iPermisjon: boolean;
	godkjent: number;
	gjenstar: number;
	antallMal: number;
	tempo: Tempo | null;
	forventet: Forventet;
};

type Grunnlag = {
	startDato: string;
	idag: string;
	fravaer: readonly Fravaersperiode[];
	mal: readonly MalIFremdrift[];
	/** All goals of the plan, begun or not. */
	antallMal: number;
};

/** The whole picture on a day. Days are YYYY-MM-DD in Norway. */
export function beregnFremdrift({ startDato, idag, fravaer, mal, antallMal }: Grunnlag): Fremdrift {
	const tid = beregnTjenestetid(startDato, fravaer);
	const godkjente = mal.filter(({ status }) => status === 'godkjent');
	const gjenstar = Math.max(0, antallMal - godkjente.length);
	return {
		...tid,
		idag,
		uke: ukePa(tid, idag),
		avUker: UKER_I_TJENESTEN,
		iPermisjon: fravaer.some(({ slag, fra, til }) => slag === 'permisjon' && fra <= idag && idag <= til),
		godkjent: godkjente.length,
		gjenstar,
		antallMal,
		...beregnTempo({ tid, idag, fravaer, godkjent: godkjente.flatMap((ett) => ett.godkjentDato ?? []), gjenstar })
	};
}
