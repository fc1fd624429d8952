import * as m from '#lib/i18n/paraglide/messages.js';
import { rolleliste, type Skriv } from '../innhold.ts';
import { invitasjon } from './invitasjon.ts';

/** The invitation again, as a reminder, with a link of its own. */
export const invitasjonPurring: Skriv<'invitasjon_purring'> = (data, oppsett) => {
	const { locale } = oppsett;
	return {
		...invitasjon(data, oppsett),
		emne: m.epost_purring_emne({ lis: data.lisNavn, roller: rolleliste(data.roller, oppsett) }, { locale }),
		tittel: m.epost_purring_tittel({}, { locale })
	};
};
