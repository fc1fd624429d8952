import * as m from '#lib/i18n/paraglide/messages.js';
import { rollefakta, type Skriv } from '../innhold.ts';

/** To the LIS: the name differs from the one invited; there is no access before they confirm it. */
export const invitasjonBekreftPerson: Skriv<'invitasjon_bekreft_person'> = (data, oppsett) => {
	const { navn, roller, akseptertNavn } = data;
	const { locale } = oppsett;
	return {
		emne: m.epost_bekreft_person_emne({}, { locale }),
		tittel: m.epost_bekreft_person_emne({}, { locale }),
		avsnitt: [
			m.epost_bekreft_person_tekst({ navn, akseptertNavn }, { locale }),
			m.epost_bekreft_person_neste({}, { locale })
		],
		fakta: [
			[m.epost_felt_invitert({}, { locale }), navn],
			[m.epost_felt_eid_navn({}, { locale }), akseptertNavn],
			rollefakta(roller, oppsett)
		],
		knapp: { tekst: m.epost_folk_knapp({}, { locale }), sti: '/folk' },
		hvorfor: m.epost_lis_hvorfor({}, { locale })
	};
};
