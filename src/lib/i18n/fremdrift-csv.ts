import { tilCsv } from '../domain/csv.ts';
import type { Tospraklig } from '../domain/laering/katalog.ts';
import type { MalStatus } from '../domain/laering/mal.ts';
import { katalogtekst, malstatus } from './laering.ts';
import * as m from './paraglide/messages.js';

/** The læringsmål of one LIS as CSV: one row for each, with where it stands and the day of approval (YYYY-MM-DD). */
export function fremdriftSomCsv(
	mal: readonly {
		kode: string;
		tittel: Tospraklig;
		tema: Tospraklig;
		status: MalStatus;
		godkjentDato: string | null;
	}[],
	navn: string
): string {
	const tekst = (t: Tospraklig) => katalogtekst(t).tekst;
	return tilCsv([
		[
			...[m.pdf_lis(), m.fremdrift_csv_kode(), m.fremdrift_type_mal(), m.fremdrift_tema()],
			...[m.fremdrift_csv_status(), m.fremdrift_csv_godkjent()]
		],
		...mal.map(({ kode, tittel, tema, status, godkjentDato }) => [
			...[navn, kode, tekst(tittel), tekst(tema), malstatus(status), godkjentDato ?? '']
		])
	]);
}
