import type { Rolle } from '#lib/domain/actor.ts';
import type { Fremdrift } from '#lib/domain/laering/fremdrift.ts';
import { dagerMellom, plussDager } from '#lib/domain/laering/kalender.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { Fravaersperiode } from '#lib/domain/laering/tjenestetid.ts';

/** What the line of the 26 weeks shows: the reckoning and the absence behind it. */
export type Linje = Fremdrift & { fravaer: Fravaersperiode[] };

/**
 * A theme with the number of its goals in each state; what is left out is none. `href`: its page, when the reader may open it.
 * `lang`: the language of the name, where it is another than the page's.
 */
export type Tema = {
	id: string;
	navn: string;
	lang?: 'nb' | 'nn' | undefined;
	antall: Partial<Record<MalStatus, number>>;
	href: string | null;
};

/** With whom things stand. Without an id it is somebody invited who has not accepted yet. */
export type Gruppe = {
	personId: string | null;
	navn: string;
	rolle: Rolle;
	dager: number;
	saker: Sak[];
};
export type Sak = {
	type: 'aktivitet' | 'mal';
	id: string;
	tittel: string;
	lang?: 'nb' | 'nn' | undefined;
	dager: number;
	href: string | null;
};

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

type Lest = { tekst: string; lang: 'nb' | 'nn' | undefined };

/** The themes as they are shown: in the reader's language, each leading to its place on the page of the goals. */
export function temaerForVisning(
	temaer: readonly { navn: Tospraklig; antall: Tema['antall'] }[],
	les: (tekst: Tospraklig) => Lest,
	side: string
): Tema[] {
	return temaer.map(({ navn, antall }, i) => {
		const { tekst, lang } = les(navn);
		return { id: `tema-${i}`, navn: tekst, lang, antall, href: `${side}#tema-${i}` };
	});
}

type Venter = { type: Sak['type']; id: string; hva: string; tekst: Tospraklig | null; dager: number };

/** What stands with whom, as it is shown. */
export function grupperForVisning<S extends Venter>(
	grupper: readonly (Omit<Gruppe, 'saker'> & { saker: S[] })[],
	les: (sak: S) => Lest,
	href: (sak: S) => string
): Gruppe[] {
	return grupper.map(({ saker, ...gruppe }) => ({
		...gruppe,
		saker: saker.map((sak) => {
			const { tekst, lang } = les(sak);
			return { type: sak.type, id: `${sak.hva} ${sak.id}`, tittel: tekst, lang, dager: sak.dager, href: href(sak) };
		})
	}));
}
