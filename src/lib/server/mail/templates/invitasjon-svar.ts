import * as m from '#lib/i18n/paraglide/messages.js';
import { rollefakta, rolleliste, type Skriv } from '../innhold.ts';

const TEKSTER = {
	akseptert: [m.epost_svar_akseptert, m.epost_svar_akseptert_tekst],
	avslatt: [m.epost_svar_avslatt, m.epost_svar_avslatt_tekst],
	ikke_meg: [m.epost_svar_ikke_meg, m.epost_svar_ikke_meg_tekst]
} as const;

/** To the LIS: what the invited answered. */
export const invitasjonSvar: Skriv<'invitasjon_svar'> = ({ navn, roller, svar }, oppsett) => {
	const { locale } = oppsett;
	const [tittel, tekst] = TEKSTER[svar];
	return {
		emne: tittel({ navn }, { locale }),
		tittel: tittel({ navn }, { locale }),
		avsnitt: [tekst({ navn, roller: rolleliste(roller, oppsett) }, { locale })],
		fakta: [[m.epost_felt_invitert({}, { locale }), navn], rollefakta(roller, oppsett)],
		knapp: { tekst: m.epost_folk_knapp({}, { locale }), sti: '/folk' },
		hvorfor: m.epost_lis_hvorfor({}, { locale })
	};
};
