import * as m from '#lib/i18n/paraglide/messages.js';
import type { Skriv } from '../innhold.ts';

/** S18: a plan deactivated for inactivity, and how the LIS goes on with it. */
export const planDeaktivert: Skriv<'plan_deaktivert'> = ({ plan, maneder }, { locale }) => ({
	emne: m.epost_plan_deaktivert_emne({}, { locale }),
	tittel: m.epost_plan_deaktivert_emne({}, { locale }),
	avsnitt: [m.epost_plan_deaktivert_tekst({ maneder }, { locale }), m.epost_plan_deaktivert_neste({}, { locale })],
	fakta: [[m.epost_felt_plan({}, { locale }), plan]],
	knapp: { tekst: m.epost_laering_knapp({}, { locale }), sti: '/laeringsmal' },
	hvorfor: m.epost_laering_hvorfor({}, { locale })
});
