import { formatDato } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { rollefakta, rolleliste, type Innhold, type Skriv } from '../innhold.ts';

/** S2: who, which roles, why, by when, and the link. */
export const invitasjon: Skriv<'invitasjon'> = ({ lisNavn: lis, roller, frist }, oppsett) => {
	const { locale, sti } = oppsett;
	const rolle = rolleliste(roller, oppsett);
	return {
		emne: m.epost_invitasjon_emne({ lis, roller: rolle }, { locale }),
		tittel: m.epost_invitasjon_tittel({ roller: rolle }, { locale }),
		avsnitt: [
			m.epost_invitasjon_tekst({ lis, roller: rolle }, { locale }),
			m.epost_invitasjon_neste({}, { locale }),
			m.epost_invitasjon_personlig({}, { locale })
		],
		fakta: [
			[m.epost_felt_invitert_av({}, { locale }), lis],
			rollefakta(roller, oppsett),
			[m.epost_felt_frist({}, { locale }), formatDato(frist, { locale })]
		],
		...(sti === undefined ? {} : { knapp: { tekst: m.epost_invitasjon_knapp({}, { locale }), sti } }),
		hvorfor: m.epost_invitasjon_hvorfor({ lis }, { locale })
	} satisfies Innhold;
};
