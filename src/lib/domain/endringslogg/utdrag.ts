import type { Mengde } from './types.ts';

const MAX_UTDRAG = 120;
const MAX_STED = 40;

/** Words are what stands between spaces and has a letter, a digit or any other sign in it. */
export function antallOrd(tekst: string): number {
	return tekst.split(/\s+/u).filter((ord) => ord !== '').length;
}

/** How much some pieces of text are, and how they begin; null when they are nothing but spaces. */
export function mengde(stykker: readonly string[]): Mengde | null {
	const ord = stykker.reduce((sum, stykke) => sum + antallOrd(stykke), 0);
	if (ord === 0) return null;
	const tekst = stykker.map(enLinje).filter((stykke) => stykke !== '');
	return { ord, utdrag: kort(tekst.join(' … '), MAX_UTDRAG) };
}

/** The name of a place in the text; null when there is no text. */
export function stedsnavn(tekst: string | null): string | null {
	const linje = enLinje(tekst ?? '');
	return linje === '' ? null : kort(linje, MAX_STED);
}

function enLinje(tekst: string): string {
	return tekst.replace(/\s+/gu, ' ').trim();
}

/** Cuts between words where it can, never within a letter. */
function kort(tekst: string, max: number): string {
	if (tekst.length <= max) return tekst;
	const start = tekst.slice(0, max);
	const slutt = start.lastIndexOf(' ');
	const kuttet = slutt > max / 2 ? start.slice(0, slutt) : start.replace(/\p{Cs}$/u, '');
	return `${kuttet.replace(/[\s…]+$/u, '')} …`;
}
