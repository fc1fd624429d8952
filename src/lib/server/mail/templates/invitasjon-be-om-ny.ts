import * as m from '#lib/i18n/paraglide/messages.js';
import { rollefakta, rolleliste, type Skriv } from '../innhold.ts';

/** To the LIS: an expired invitation is asked for anew. */
export const invitasjonBeOmNy: Skriv<'invitasjon_be_om_ny'> = ({ navn, roller }, oppsett) => {
	const { locale } = oppsett;
	return {
		emne: m.epost_be_om_ny_emne({ navn }, { locale }),
		tittel: m.epost_be_om_ny_emne({ navn }, { locale }),
		avsnitt: [
			m.epost_be_om_ny_tekst({ navn, roller: rolleliste(roller, oppsett) }, { locale }),
			m.epost_be_om_ny_neste({}, { locale })
		],
		fakta: [[m.epost_felt_invitert({}, { locale }), navn], rollefakta(roller, oppsett)],
		knapp: { tekst: m.epost_folk_knapp({}, { locale }), sti: '/folk' },
		hvorfor: m.epost_lis_hvorfor({}, { locale })
	};
};
