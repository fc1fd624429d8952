import * as m from '#lib/i18n/paraglide/messages.js';
import { nar, type Skriv } from '../innhold.ts';

/** To the old and to the new address: it was not the person themself who changed it. */
export const epostRettet: Skriv<'epost_rettet'> = ({ tidspunkt }, oppsett) => {
	const { locale } = oppsett;
	return {
		emne: m.epost_rettet_emne({}, { locale }),
		tittel: m.epost_rettet_emne({}, { locale }),
		avsnitt: [m.epost_rettet_tekst({}, { locale }), m.epost_rettet_feil({}, { locale })],
		fakta: [[m.epost_felt_tidspunkt({}, { locale }), nar(tidspunkt, oppsett)]],
		knapp: { tekst: m.epost_konto_logg_inn({}, { locale }), sti: '/logg-inn' },
		hvorfor: m.epost_konto_hvorfor({}, { locale })
	};
};
