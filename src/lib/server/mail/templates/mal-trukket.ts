import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** S18: the approval of a goal was withdrawn, by the leder or by Helsedirektoratet. The reason stands in the portal only. */
export const malTrukket: Skriv<'mal_trukket'> = ({ kode, tittel, leder }, { locale }) => ({
	emne: m.epost_mal_trukket_emne({ kode }, { locale }),
	tittel: m.epost_mal_trukket_tittel({}, { locale }),
	avsnitt: [
		leder === null ? m.epost_mal_trukket_hdir({}, { locale }) : m.epost_mal_trukket_leder({ navn: leder }, { locale }),
		m.epost_mal_trukket_neste({}, { locale })
	],
	fakta: [[kode, tittel]],
	knapp: { tekst: m.epost_mal_trukket_knapp({}, { locale }), sti: `/laeringsmal/${encodeURIComponent(kode)}` },
	hvorfor: m.epost_laering_hvorfor({}, { locale })
});
