import { varselhandling, varseltekst } from '#lib/i18n/varsel.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** What has stood for long, all of one day: one thing as itself, several as a list; and what can be done besides. */
export const paminnelse: Skriv<'paminnelse'> = ({ linjer, antall, sti, lenke }, { locale }) => {
	const tekster = linjer.map(({ type, som, navn }) => varseltekst({ type, som, navn }, { locale }));
	const [forste, ...flere] = linjer;
	const like = flere.every(({ type, som }) => type === forste?.type && som === forste.som);
	const alene = antall === 1 ? tekster[0] : undefined;
	const mer = { stedfortreder: m.epost_paminnelse_stedfortreder, leder: m.epost_paminnelse_leder };
	return {
		emne: alene ?? m.epost_paminnelse_emne({ antall }, { locale }),
		tittel: alene ?? m.epost_paminnelse_tittel({}, { locale }),
		avsnitt: [
			m.epost_varsel_tekst({}, { locale }),
			...(antall > linjer.length ? [m.epost_paminnelse_flere({ antall: antall - linjer.length }, { locale })] : [])
		],
		fakta: [],
		lister: alene === undefined ? [{ tittel: m.varsel_gruppe_paminnelser({}, { locale }), punkter: tekster }] : [],
		knapp: {
			tekst: forste && like ? varselhandling(forste, { locale }) : m.epost_varsel_knapp_flere({}, { locale }),
			sti
		},
		...(lenke === null ? {} : { lenke: { tekst: mer[lenke]({}, { locale }), sti: '/folk' } }),
		hvorfor: m.epost_varsel_hvorfor({ gruppe: m.varsel_gruppe_paminnelser({}, { locale }) }, { locale })
	};
};
