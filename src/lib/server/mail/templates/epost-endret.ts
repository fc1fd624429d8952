import * as m from '#lib/i18n/paraglide/messages.js';
import { nar, type Skriv } from '../innhold.ts';

/** To the old address: it is used no more. */
export const epostEndret: Skriv<'epost_endret'> = ({ tidspunkt }, oppsett) => {
	const { locale } = oppsett;
	return {
		emne: m.epost_endret_emne({}, { locale }),
		tittel: m.epost_endret_emne({}, { locale }),
		avsnitt: [m.epost_endret_tekst({}, { locale }), m.epost_ikke_deg({}, { locale })],
		fakta: [[m.epost_felt_tidspunkt({}, { locale }), nar(tidspunkt, oppsett)]],
		knapp: { tekst: m.epost_konto_logg_inn({}, { locale }), sti: '/logg-inn' },
		hvorfor: m.epost_konto_hvorfor({}, { locale })
	};
};
