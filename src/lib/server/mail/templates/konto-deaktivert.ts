import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** S19: deactivated, and how one comes back. */
export const kontoDeaktivert: Skriv<'konto_deaktivert'> = ({ maneder }, { locale }) => ({
	emne: m.epost_konto_deaktivert_emne({}, { locale }),
	tittel: m.epost_konto_deaktivert_emne({}, { locale }),
	avsnitt: [m.epost_konto_deaktivert_tekst({ maneder }, { locale }), m.epost_konto_deaktivert_neste({}, { locale })],
	fakta: [],
	knapp: { tekst: m.epost_konto_logg_inn({}, { locale }), sti: '/logg-inn' },
	hvorfor: m.epost_konto_hvorfor({}, { locale })
});
