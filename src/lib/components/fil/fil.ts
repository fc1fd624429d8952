import type { FilStatus, Kategori, Kobling } from '#lib/domain/fil/fil.ts';
import type { Tospraklig } from '#lib/domain/laering/katalog.ts';
import { katalogtekst } from '#lib/i18n/laering.ts';
import { formatDato } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { samtaletittel } from '#lib/i18n/samtale.ts';

/** A file in a list. Sizes in bytes. */
export type FilKort = {
	id: string;
	navn: string;
	kategori: Kategori;
	beskrivelse: string | null;
	storrelse: number;
	status: FilStatus;
	at: Date;
	av: string;
	egen: boolean;
	kobling: Kobling;
	dato: string | null;
	visning: 'bilde' | 'pdf' | null;
	abilities: { les: boolean; slett: boolean };
};

/** Files, and what the part of a page that shows them and takes new ones needs. */
export type Filliste = {
	lisId: string;
	kobling: Kobling;
	filer: FilKort[];
	lesere: { id: string; navn: string }[];
	grenser: { maks: number; sjekkes: boolean };
	abilities: { lastOpp: boolean };
};

/** What a new file may be made to belong to. */
export type Filvalg = {
	samtaler: { id: string; dato: string | null }[];
	mal: { kode: string; tittel: Tospraklig }[];
	aktiviteter: { id: string; dato: string | null; koder: string[] }[];
};

/** What a file belongs to, in words, with the way there; null: nothing. `egen`: the reader is the LIS. */
export function koblingLenke(
	{ kobling, dato }: Pick<FilKort, 'kobling' | 'dato'>,
	{ lisId, egen }: { lisId: string; egen: boolean }
): { tekst: string; href: string } | null {
	switch (kobling.slag) {
		case 'ingen':
			return null;
		case 'samtale':
			return { tekst: samtaletittel(dato), href: `/samtaler/${kobling.id}` };
		case 'aktivitet':
			return { tekst: m.fil_kobling_aktivitet(), href: `/aktiviteter/${kobling.id}` };
		case 'mal':
			return {
				tekst: `${m.fil_kobling_mal()} ${kobling.kode}`,
				href: egen ? `/laeringsmal/${kobling.kode}` : `/veiledning/${lisId}/laeringsmal`
			};
	}
}

/** Who reads a file that belongs to this. */
export function lesesAv(slag: Kobling['slag'], navn: string): string {
	if (slag === 'samtale') return m.fil_leses_samtale();
	if (slag === 'aktivitet') return m.fil_leses_aktivitet();
	return slag === 'mal' ? m.fil_leses_mal() : m.fil_leses_ingen({ navn });
}

/** The choices of a form, group by group, as the form writes them. */
export function valggrupper(valg: Filvalg): { tittel: string; valg: { verdi: string; tekst: string }[] }[] {
	return [
		{
			tittel: m.fil_kobling_samtaler(),
			valg: valg.samtaler.map(({ id, dato }) => ({ verdi: `samtale:${id}`, tekst: samtaletittel(dato) }))
		},
		{
			tittel: m.fil_kobling_aktiviteter(),
			valg: valg.aktiviteter.map(({ id, dato, koder }) => ({
				verdi: `aktivitet:${id}`,
				tekst: [
					dato ? m.fil_kobling_aktivitet_dato({ dato: formatDato(dato) }) : m.fil_kobling_aktivitet(),
					...koder
				].join(' · ')
			}))
		},
		{
			tittel: m.fil_kobling_mal(),
			valg: valg.mal.map(({ kode, tittel }) => ({
				verdi: `mal:${kode}`,
				tekst: `${kode} ${kort(katalogtekst(tittel).tekst)}`
			}))
		}
	].filter((gruppe) => gruppe.valg.length > 0);
}

const kort = (tekst: string) => (tekst.length > 70 ? `${tekst.slice(0, 69).trimEnd()}…` : tekst);
