import type { KravSlag } from './aktivitet.ts';
import type { Arena, Nivaa } from './nivaa.ts';

/** A text of the catalogue. It is kept in bokmål and nynorsk; readers of English are shown the bokmål, marked as such. */
export type Tospraklig = { nb: string; nn: string };

export type KatalogKrav = { id: string; tittel: Tospraklig; slag: KravSlag; egetForslag: boolean };

export type KatalogMal = {
	kode: string;
	tema: Tospraklig;
	tittel: Tospraklig;
	nivaer: Nivaa[];
	arenaer: Arena[];
	/** Helsedirektoratet says that it asks for more than in the version before, although the levels do not show it. */
	skjerpet: boolean;
	krav: KatalogKrav[];
};

/** One version of a plan. Days as YYYY-MM-DD. */
export type Katalog = {
	id: string;
	plan: string;
	versjon: number;
	navn: Tospraklig;
	merknad: Tospraklig | null;
	gyldigFra: string;
	overgangTil: string | null;
	ufullstendig: boolean;
	status: 'utkast' | 'publisert';
	mal: KatalogMal[];
};

/** The plan of every LIS in the municipal half (S20). */
export const KOMMUNAL_PLAN = 'kommunal-lis1';
