import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** S18: Helsedirektoratet har godkjent læringsmål. */
export const malBekreftet: Skriv<'mal_bekreftet'> = ({ mal }, { locale }) => ({
	emne: m.epost_mal_bekreftet_emne({}, { locale }),
	tittel: m.epost_mal_bekreftet_emne({}, { locale }),
	avsnitt: [m.epost_mal_bekreftet_tekst({}, { locale })],
	fakta: mal.map(({ kode, tittel }) => [kode, tittel]),
	knapp: { tekst: m.epost_laering_knapp({}, { locale }), sti: '/laeringsmal' },
	hvorfor: m.epost_laering_hvorfor({}, { locale })
});
