import { formatDato, formatTid } from '#lib/i18n/format.ts';
import * as m from '#lib/i18n/paraglide/messages.js';
import { samtaleHendelse } from '../../kalender/samtale-hendelse.ts';
import type { Skriv } from '../innhold.ts';

/** A samtale on the next working day, with its calendar file. Nothing of what it is about. */
export const samtalePaminnelse: Skriv<'samtale_paminnelse'> = ({ mottakerId, samtale }, { locale }) => {
	const { id, dato, fra, sted } = samtale;
	const andre = samtale.deltakere.filter(({ personId }) => personId !== mottakerId).map(({ navn }) => navn);
	const nar = fra
		? `${formatDato(dato, { locale })} ${m.dato_klokke({ tid: formatTid(fra, { locale }) }, { locale })}`
		: formatDato(dato, { locale });
	const emne = m.epost_samtale_paminnelse_emne({ dato: nar }, { locale });
	return {
		emne,
		tittel: emne,
		avsnitt: [m.epost_samtale_paminnelse_tekst({}, { locale })],
		fakta: [
			[m.epost_samtale_nar({}, { locale }), nar],
			...(sted ? [[m.epost_samtale_sted({}, { locale }), sted] as [string, string]] : []),
			...(andre.length > 0 ? [[m.epost_samtale_med({}, { locale }), andre.join(', ')] as [string, string]] : [])
		],
		knapp: { tekst: m.varsel_til_samtale({}, { locale }), sti: `/samtaler/${id}` },
		kalender: (origin) => samtaleHendelse(samtale, { leser: { brukerId: mottakerId, sprak: locale }, origin }),
		hvorfor: m.epost_varsel_hvorfor({ gruppe: m.varsel_gruppe_veiledning({}, { locale }) }, { locale })
	};
};
