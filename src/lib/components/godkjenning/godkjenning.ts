import type { AktivitetSlag, AktivitetStatus, Kurs } from '#lib/domain/laering/aktivitet.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { KravTilstand } from '#lib/domain/laering/krav.ts';
import type { Mangler, Uten } from '#lib/domain/laering/mal.ts';
import type { Nivaa } from '#lib/domain/laering/nivaa.ts';
import type { FilKort } from '../fil/fil.ts';

/** What the page of approving shows. */
export type UnderMal = {
	id: string;
	status: AktivitetStatus;
	slag: AktivitetSlag;
	kurs: Kurs | null;
	dato: string | null;
	sted: string | null;
	tekst: string | null;
	refleksjon: string | null;
	nivaa: Nivaa | null;
	tilbakemelding: string | null;
	grunn: string | null;
	avgjortAt: Date | null;
	avgjortNavn: string | null;
	hos: string | null;
	filer: FilKort[];
};
export type VentendeMal = {
	kode: string;
	versjon: number;
	tittel: Tospraklig;
	tema: Tospraklig;
	fullfortDato: string | null;
	kommentar: string | null;
	nyVurdering: boolean;
	dager: number;
	mangler: Mangler;
	krav: { id: string; tittel: Tospraklig; tilstand: KravTilstand; aktiviteter: UnderMal[] }[];
	andre: UnderMal[];
	anbefaltAv: string[];
	filer: FilKort[];
};
export type GodkjentMal = {
	kode: string;
	versjon: number;
	tittel: Tospraklig;
	avgjortAt: Date | null;
	avgjortNavn: string | null;
	grunn: string | null;
	uten: Uten | null;
	utenTekst: string | null;
	bekreftet: boolean;
	filer: FilKort[];
	abilities: { trekk: boolean };
};
