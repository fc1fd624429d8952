/** Calendar days in Norway, as YYYY-MM-DD. */

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

/** The week of service (1 = the first) on a day, or null before the start. */
export function ukeAvTjenesten(startDato: string, dag: string): number | null {
	const dager = (Date.parse(dag) - Date.parse(startDato)) / 86_400_000;
	return dager < 0 ? null : Math.floor(dager / 7) + 1;
}

/** S11: LIS1 in the municipality lasts 26 weeks. */
export const UKER_I_TJENESTEN = 26;
