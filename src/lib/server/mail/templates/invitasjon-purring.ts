import * as m from '#lib/i18n/paraglide/messages.js';
import { rolleliste, type Skriv } from '../innhold.ts';
import { invitasjon } from './invitasjon.ts';

/** The invitation again, as a reminder; without a link it refers to the first mail. */
export const invitasjonPurring: Skriv<'invitasjon_purring'> = (data, oppsett) => {
	const { locale, sti } = oppsett;
	const forst = invitasjon(data, oppsett);
	const lis = data.lisNavn;
	return {
		...forst,
		emne: m.epost_purring_emne({ lis, roller: rolleliste(data.roller, oppsett) }, { locale }),
		tittel: m.epost_purring_tittel({}, { locale }),
		avsnitt:
			sti === undefined ? [...forst.avsnitt.slice(0, 1), m.epost_purring_forste({ lis }, { locale })] : forst.avsnitt
	};
};
