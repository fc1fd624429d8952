import { formatDato } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** S19: the warnings. */
export const kontoDeaktiveres: Skriv<'konto_deaktiveres'> = ({ dato: dag, maneder }, { locale }) => {
	const dato = formatDato(dag, { locale });
	return {
		emne: m.epost_konto_deaktiveres_emne({ dato }, { locale }),
		tittel: m.epost_konto_deaktiveres_emne({ dato }, { locale }),
		avsnitt: [
			m.epost_konto_deaktiveres_tekst({ maneder }, { locale }),
			m.epost_konto_deaktiveres_neste({ dato }, { locale })
		],
		fakta: [[m.epost_felt_frist({}, { locale }), dato]],
		knapp: { tekst: m.epost_konto_logg_inn({}, { locale }), sti: '/logg-inn' },
		hvorfor: m.epost_konto_hvorfor({}, { locale })
	};
};
