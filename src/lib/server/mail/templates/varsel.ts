import { gruppenavn, varselhandling, varseltekst } from '#lib/i18n/varsel.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** «Umiddelbar varsling»: what happened, to whose record, and the way there. What was written stands in the portal only. */
export const varsel: Skriv<'varsel'> = ({ varsel: v, ...navn }, { locale }) => {
	const ett = varseltekst({ ...v, navn }, { locale });
	const flere = v.antall > 1;
	const tittel = flere ? m.varsel_og_flere({ tekst: ett, antall: v.antall - 1 }, { locale }) : ett;
	return {
		emne: tittel,
		tittel,
		avsnitt: [m.epost_varsel_tekst({}, { locale })],
		fakta: navn.lis === null ? [] : [[m.epost_varsel_gjelder({}, { locale }), navn.lis]],
		knapp: flere
			? { tekst: m.epost_varsel_knapp_flere({}, { locale }), sti: '/varsler' }
			: { tekst: varselhandling(v, { locale }), sti: `/varsler/${v.id}` },
		hvorfor: m.epost_varsel_hvorfor({ gruppe: gruppenavn(v.gruppe, { locale }) }, { locale })
	};
};
