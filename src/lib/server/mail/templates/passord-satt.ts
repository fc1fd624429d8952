import * as m from '#lib/i18n/paraglide/messages.js';
import { nar, type Skriv } from '../innhold.ts';

/** A password was set or changed. */
export const passordSatt: Skriv<'passord_satt'> = ({ tidspunkt }, oppsett) => {
	const { locale } = oppsett;
	return {
		emne: m.epost_passord_satt_emne({}, { locale }),
		tittel: m.epost_passord_satt_emne({}, { locale }),
		avsnitt: [m.epost_passord_satt_tekst({}, { locale }), m.epost_ikke_deg({}, { locale })],
		fakta: [[m.epost_felt_tidspunkt({}, { locale }), nar(tidspunkt, oppsett)]],
		knapp: { tekst: m.epost_konto_logg_inn({}, { locale }), sti: '/logg-inn' },
		hvorfor: m.epost_konto_hvorfor({}, { locale })
	};
};
