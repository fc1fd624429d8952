import { dagINorge, oyeblikkINorge } from '../dager.ts';
import { plussDager } from '../inaktivitet.ts';

/** Monday is 1, as in ISO 8601. */
export const UKEDAGER = [1, 2, 3, 4, 5, 6, 7] as const;
export type Ukedag = (typeof UKEDAGER)[number];
export const STANDARD_UKEDAG: Ukedag = 1;

/** When the weekly summary goes, by Norway's clocks: an hour that both nights of moving the clocks leave alone. */
const KLOKKA = '07:00';

/** The weekday of a YYYY-MM-DD. */
export function ukedagAv(dag: string): Ukedag {
	return (new Date(`${dag}T00:00:00Z`).getUTCDay() || 7) as Ukedag;
}

/** The ISO week of a day, as YYYY-Www: the week belongs to the year that its Thursday is in. */
export function isoUke(dag: string): string {
	const torsdag = plussDager(dag, 4 - ukedagAv(dag));
	const ar = torsdag.slice(0, 4);
	const nummer = Math.floor((Date.parse(torsdag) - Date.parse(`${ar}-01-01`)) / (7 * 86_400_000)) + 1;
	return `${ar}-W${String(nummer).padStart(2, '0')}`;
}

/** One round of the summary: the week that it counts for, and the instant that it was due. */
export type Runde = { dag: Ukedag; uke: string; for: Date };

/**
 * For each weekday that one can choose: the latest round that has come by `now`. After an outage that is one round, however many were missed;
 * what came in after its hour waits for the next.
 */
export function runderVed(now: Date): Runde[] {
	return UKEDAGER.map((dag) => {
		const iDag = dagINorge(now);
		let dato = plussDager(iDag, -((ukedagAv(iDag) - dag + 7) % 7));
		if (oyeblikkINorge(dato, KLOKKA) > now) dato = plussDager(dato, -7);
		return { dag, uke: isoUke(dato), for: oyeblikkINorge(dato, KLOKKA) };
	});
}
