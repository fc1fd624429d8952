import type { Forventet } from './tempo.ts';

/** How a list of LIS is ordered: by a column, either way. The same words stand in the address. */
export const KOLONNER = ['navn', 'uke', 'godkjent', 'venter', 'tempo', 'ferdig'] as const;
export type Kolonne = (typeof KOLONNER)[number];
export type Rekkefolge = { kolonne: Kolonne; synkende: boolean };

/** What waits longest for the reader stands first, unless they ask for something else. */
export const FORVALGT: Rekkefolge = { kolonne: 'venter', synkende: true };

/** What is sorted on. */
export type Sorterbar = {
	navn: string;
	uke: number | null;
	godkjent: number;
	/** Days that the longest of it has waited for the reader; null when nothing does. */
	ventet: number | null;
	/** Goals a week lately. */
	tempo: number | null;
	forventet: Forventet | null;
};

/** «navn», or «-uke» for the other way; anything else is what is chosen beforehand. */
export function lesRekkefolge(tekst: string | null): Rekkefolge {
	const synkende = tekst?.startsWith('-') ?? false;
	const kolonne = KOLONNER.find((en) => en === tekst?.replace(/^-/, ''));
	return kolonne ? { kolonne, synkende } : FORVALGT;
}

/** As it stands in an address. */
export function skrivRekkefolge({ kolonne, synkende }: Rekkefolge): string {
	return `${synkende ? '-' : ''}${kolonne}`;
}

/** In the order asked for; what is not known comes last either way, and those that are equal stand by name. */
export function sorter<T extends Sorterbar>(rader: readonly T[], { kolonne, synkende }: Rekkefolge): T[] {
	const navn = new Intl.Collator('nb');
	const fortegn = synkende ? -1 : 1;
	return rader.toSorted((a, b) => {
		const etterNavn = navn.compare(a.navn, b.navn);
		if (kolonne === 'navn') return fortegn * etterNavn;
		const [va, vb] = [verdi(a, kolonne), verdi(b, kolonne)];
		if (va === null || vb === null) return Number(va === null) - Number(vb === null) || etterNavn;
		return fortegn * (va < vb ? -1 : va > vb ? 1 : 0) || etterNavn;
	});
}

function verdi(rad: Sorterbar, kolonne: Exclude<Kolonne, 'navn'>): number | string | null {
	const { forventet } = rad;
	const ferdig = forventet?.slag === 'anslag' ? forventet.dato : forventet?.slag === 'ferdig' ? '' : null;
	return { uke: rad.uke, godkjent: rad.godkjent, venter: rad.ventet, tempo: rad.tempo, ferdig }[kolonne];
}
