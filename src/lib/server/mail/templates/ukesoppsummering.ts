import type { Sprak } from '#lib/domain/actor.ts';
import { rollefor, varseltekst } from '#lib/i18n/varsel.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** «Ukentlig oppsummering»: what is unread, by LIS and by who one is to them. */
export const ukesoppsummering: Skriv<'ukesoppsummering'> = ({ deler, antall }, { locale }) => {
	const vist = deler.reduce((sum, { linjer }) => sum + linjer.length, 0);
	return {
		emne: m.epost_uke_emne({ antall }, { locale }),
		tittel: m.epost_uke_tittel({}, { locale }),
		avsnitt: [
			m.epost_uke_tekst({ antall }, { locale }),
			...(antall > vist ? [m.epost_uke_flere({ antall: antall - vist }, { locale })] : [])
		],
		fakta: [],
		lister: deler.map(({ lis, som, linjer }) => ({
			tittel: lis === null ? m.epost_uke_annet({}, { locale }) : deltittel(lis, som, { locale }),
			punkter: like(
				linjer.map(({ type, navn }) => varseltekst({ type, som, navn }, { locale })),
				{ locale }
			)
		})),
		knapp: { tekst: m.epost_varsel_knapp_flere({}, { locale }), sti: '/varsler' },
		hvorfor: m.epost_uke_hvorfor({}, { locale })
	};
};

function deltittel(lis: string, som: string, i: { locale: Sprak }): string {
	const rolle = rollefor(som, i);
	if (som === 'lis') return m.epost_uke_meg({}, i);
	return rolle === undefined ? lis : m.epost_uke_del({ navn: lis, rolle }, i);
}

/** What happened several times is said once, with how many more. */
function like(punkter: string[], i: { locale: Sprak }): string[] {
	return [...Map.groupBy(punkter, (punkt) => punkt)].map(([tekst, { length }]) =>
		length === 1 ? tekst : m.varsel_og_flere({ tekst, antall: length - 1 }, i)
	);
}
