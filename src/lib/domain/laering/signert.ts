import type { SignertFil } from '../fil/signert.ts';
import type { Nivaa } from './nivaa.ts';
import type { Tospraklig } from './katalog.ts';
import type { Mangler, Uten } from './mal.ts';

/** A text of the catalogue as it stood when it was signed, with the plan and version that it stands in. */
export type SignertTekst = { tittel: Tospraklig; plan: string; versjon: number };

/**
 * What a supervisør signed, in full: it can be read and its hash be recomputed when names and catalogues have long moved on. Its
 * canonical JSON is what `laeringsaktivitet.signert_hash` is the SHA-256 of; the event of the signing holds it. Instants are ISO 8601.
 */
export type SignertAktivitet = {
	/** The first form knew no files. */
	format: 'lis-kommune/aktivitet/1' | 'lis-kommune/aktivitet/2';
	id: string;
	lis: { id: string; navn: string };
	krav: (SignertTekst & { id: string }) | null;
	mal: (SignertTekst & { kode: string })[];
	dato: string | null;
	sted: string | null;
	tekst: string | null;
	refleksjon: string | null;
	nivaa: Nivaa | null;
	sendtAt: string | null;
	supervisor: { id: string; navn: string };
	signertAt: string;
	tilbakemelding: string | null;
	filer?: SignertFil[];
};

/**
 * What a leder approved, in full; its canonical JSON is what `maloppnaelse.godkjent_hash` is the SHA-256 of, and the event of the approval
 * holds it. Instants are ISO 8601.
 */
export type GodkjentMal = {
	format: 'lis-kommune/mal/1';
	id: string;
	lis: { id: string; navn: string };
	mal: SignertTekst & { kode: string };
	fullfortDato: string | null;
	/** The LIS' word. */
	kommentar: string | null;
	sendtAt: string | null;
	mangler: Mangler;
	uten: Uten | null;
	utenTekst: string | null;
	leder: { id: string; navn: string };
	/** The leder's word. */
	grunn: string | null;
	godkjentAt: string;
	filer: SignertFil[];
};
