/** Calendar days in Norway, as YYYY-MM-DD, and its clock, as HH:MM. */

const OSLO = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Oslo',
	year: 'numeric',
	month: '2-digit',
	day: '2-digit'
});

/** The day it is in Norway at an instant. */
export function dagINorge(now: Date): string {
	return OSLO.format(now);
}

const KLOKKE = new Intl.DateTimeFormat('sv-SE', {
	timeZone: 'Europe/Oslo',
	dateStyle: 'short',
	timeStyle: 'short'
});
const DOGN_MS = 24 * 60 * 60 * 1000;

/** The day and the time that clocks in Norway show at an instant, to the minute. */
export function klokkaINorge(oyeblikk: Date): { dato: string; tid: string } {
	const [dato = '', tid = ''] = KLOKKE.format(oyeblikk).split(' ');
	return { dato, tid };
}

/**
 * The instant at which clocks in Norway show `tid` on `dato`. On the night they are moved: a time that they show twice is the
 * first of the two, and one that they skip is as long after the move as it says (02.30 is then 03.30), as RFC 5545 (3.3.5) reads
 * a local time too.
 */
export function oyeblikkINorge(dato: string, tid: string): Date {
	const somUtc = Date.parse(`${dato}T${tid}Z`);
	const [tidligst, senest] = [somUtc - DOGN_MS, somUtc + DOGN_MS].map((nar) => somUtc - forskyvning(nar)) as [
		number,
		number
	];
	const stemmer = (nar: number) => nar + forskyvning(nar) === somUtc;
	return new Date(stemmer(tidligst) || !stemmer(senest) ? tidligst : senest);
}

/** How far Norway's clocks are ahead of UTC, in milliseconds. */
function forskyvning(nar: number): number {
	const { dato, tid } = klokkaINorge(new Date(nar));
	return Date.parse(`${dato}T${tid}Z`) - Math.floor(nar / 60_000) * 60_000;
}

/** S11: LIS1 in the municipality lasts 26 weeks. */
export const UKER_I_TJENESTEN = 26;
