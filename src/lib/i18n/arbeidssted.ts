import type { ArbeidsstedSlag } from '#lib/domain/arbeidssted.ts';
import * as m from './paraglide/messages.js';

const SLAG: Record<ArbeidsstedSlag, () => string> = {
	legekontor: m.registrering_slag_legekontor,
	sykehjem: m.registrering_slag_sykehjem,
	legevakt: m.registrering_slag_legevakt,
	helsestasjon: m.registrering_slag_helsestasjon
};

/** What kind of workplace it is. */
export function slagtekst(slag: ArbeidsstedSlag): string {
	return SLAG[slag]();
}
