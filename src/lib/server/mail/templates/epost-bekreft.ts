import { formatDato } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** To a new address, with the link that confirms it. */
export const epostBekreft: Skriv<'epost_bekreft'> = ({ frist }, { locale, sti }) => ({
	emne: m.epost_bekreft_emne({}, { locale }),
	tittel: m.epost_bekreft_emne({}, { locale }),
	avsnitt: [m.epost_bekreft_tekst({}, { locale })],
	fakta: [[m.epost_felt_frist({}, { locale }), formatDato(frist, { locale })]],
	...(sti === undefined ? {} : { knapp: { tekst: m.epost_bekreft_knapp({}, { locale }), sti } }),
	hvorfor: m.epost_bekreft_hvorfor({}, { locale })
});
