import type { AktivitetStatus } from '#lib/domain/laering/aktivitet.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import type { Nivaa } from '#lib/domain/laering/nivaa.ts';
import type { FilKort } from '../fil/fil.ts';

/** An aktivitet as whoever signs is shown it. `dager`: how long it has waited. */
export type Signeringskort = {
	id: string;
	versjon: number;
	status: AktivitetStatus;
	lisNavn: string;
	dato: string | null;
	sted: string | null;
	tekst: string | null;
	refleksjon: string | null;
	nivaa: Nivaa | null;
	sendtAt: Date | null;
	avgjortAt: Date | null;
	avgjortNavn: string | null;
	grunn: string | null;
	tilbakemelding: string | null;
	krav: Tospraklig | null;
	mal: { kode: string; tittel: Tospraklig }[];
	filer: FilKort[];
	dager: number;
};
