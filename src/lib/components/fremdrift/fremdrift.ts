import type { Rolle } from '#lib/domain/actor.ts';
import type { Fremdrift } from '#lib/domain/laering/fremdrift.ts';
import { dagerMellom, plussDager } from '#lib/domain/laering/kalender.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { Fravaersperiode } from '#lib/domain/laering/tjenestetid.ts';

/** What the line of the 26 weeks shows: the reckoning and the absence behind it. */
export type Linje = Fremdrift & { fravaer: Fravaersperiode[] };

/** A theme with the number of its goals in each state; what is left out is none. `href`: its page, when the reader may open it. */
export type Tema = { id: string; navn: string; antall: Partial<Record<MalStatus, number>>; href: string | null };

/** With whom things stand. Without an id it is somebody invited who has not accepted yet. */
export type Gruppe = {
	personId: string | null;
	navn: string;
	rolle: Rolle;
	dager: number;
	saker: Sak[];
};
export type Sak = { type: 'aktivitet' | 'mal'; id: string; tittel: string; dager: number; href: string | null };

/** The states as they are drawn: what came back is one thing to whoever has to do something with it. */
export const GRUPPER = {
	godkjent: ['godkjent'],
	sendt: ['sendt'],
	tilbake: ['sendt_tilbake', 'underkjent', 'trukket'],
	pagar: ['pagar']
} as const satisfies Record<string, readonly MalStatus[]>;
export type Statusgruppe = keyof typeof GRUPPER;
export const STATUSGRUPPER = Object.keys(GRUPPER) as Statusgruppe[];

/** How many goals of a theme are in a group of states. */
export function antallI({ antall }: Pick<Tema, 'antall'>, gruppe: Statusgruppe): number {
	return GRUPPER[gruppe].reduce((sum, status) => sum + (antall[status] ?? 0), 0);
}

/** All goals of a theme. */
export function antallMal(tema: Pick<Tema, 'antall'>): number {
	return STATUSGRUPPER.reduce((sum, gruppe) => sum + antallI(tema, gruppe), 0);
}

/** The themes as one, for the sum. */
export function summer(temaer: readonly Tema[]): Pick<Tema, 'antall'> {
	const antall: Partial<Record<MalStatus, number>> = {};
	for (const tema of temaer)
		for (const status of Object.values(GRUPPER).flat())
			antall[status] = (antall[status] ?? 0) + (tema.antall[status] ?? 0);
	return { antall };
}

/** Where on the line a day is, in percent: it reaches from the start to the last thing that it shows. */
export function skala(linje: Linje): (dag: string) => number {
	const { startDato, slutt, idag, forventet } = linje;
	const siste = [slutt, idag, forventet.slag === 'anslag' ? forventet.dato : slutt].reduce((a, b) => (a > b ? a : b));
	const dager = dagerMellom(startDato, siste < lengst(linje) ? siste : lengst(linje)) + 1;
	return (dag) => Math.round(Math.min(100, Math.max(0, (dagerMellom(startDato, dag) / dager) * 100)) * 100) / 100;
}

/** The estimate lies beyond what is drawn: it is then an arrow. */
export function utenfor(linje: Linje): boolean {
	return linje.forventet.slag === 'anslag' && linje.forventet.dato > lengst(linje);
}

/** Half as long again as the service: more would press the weeks together until nothing can be seen. */
function lengst({ startDato, slutt }: Linje): string {
	return plussDager(slutt, Math.ceil(dagerMellom(startDato, slutt) / 2));
}
