import type { Rolle } from '#lib/domain/actor.ts';
import type { AktivitetSlag, AktivitetStatus, KravSlag, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { KravTilstand } from '#lib/domain/laering/krav.ts';
import type { MalStatus } from '#lib/domain/laering/mal.ts';
import type { Arena, Nivaa } from '#lib/domain/laering/nivaa.ts';

/** What the pages of læring show. */
export type AktivitetKort = {
	id: string;
	status: AktivitetStatus;
	slag: AktivitetSlag;
	kurs: Kurs | null;
	/** The title of its krav. */
	krav: Tospraklig | null;
	koder: string[];
	dato: string | null;
	hos: string | null;
	sendtAt: Date | null;
	avgjortAt: Date | null;
	grunn: string | null;
};
export type KravKort = {
	id: string;
	tittel: Tospraklig;
	slag: KravSlag;
	egetForslag: boolean;
	tilstand: KravTilstand;
	aktiviteter: AktivitetKort[];
};
export type MalKort = {
	kode: string;
	tittel: Tospraklig;
	tema: Tospraklig;
	nivaer: Nivaa[];
	arenaer: Arena[];
	status: MalStatus;
	krav: KravKort[];
	kravFullfort: number;
	aktiviteter: AktivitetKort[];
};
/** A goal as those who follow the LIS see it; `anbefal`, `trekk`: what the reader may do. */
export type FulgtMalKort = MalKort & {
	anbefalinger: { navn: string; rolle: Rolle; at: Date }[];
	anbefal: boolean;
	trekk: boolean;
};
export type Tema = { tema: Tospraklig; mal: MalKort[] };

export type Skjemavalg = {
	mal: {
		kode: string;
		tittel: Tospraklig;
		tema: Tospraklig;
		krav: { id: string; tittel: Tospraklig; slag: KravSlag }[];
	}[];
	mottakere: { hvem: 'person' | 'invitasjon'; id: string; navn: string; sist: Date | null }[];
};
