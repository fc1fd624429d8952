import type { Mangler, Uten } from '#lib/domain/laering/mal.ts';
import { formatListe } from './format.ts';
import * as m from './paraglide/messages.js';

/** The words of approving læringsmål. */

const UTEN: Record<Uten, () => string> = {
	muntlig: m.godkjenning_uten_muntlig,
	vurderingskollegium: m.godkjenning_uten_vurderingskollegium,
	annet: m.godkjenning_uten_annet
};

/** «Mangler: ett krav er ikke fullført og anbefaling fra veileder»; null when nothing is. */
export function manglertekst({ krav, veileder, supervisor }: Mangler): string | null {
	const liste = [
		krav > 0 && (krav === 1 ? m.godkjenning_mangler_krav_en() : m.godkjenning_mangler_krav({ antall: krav })),
		veileder && m.godkjenning_mangler_veileder(),
		supervisor && m.godkjenning_mangler_supervisor()
	].filter((en) => typeof en === 'string');
	return liste.length > 0 ? m.godkjenning_mangler({ liste: formatListe(liste) }) : null;
}

/** A reason to choose for approving with something missing. */
export function utennavn(uten: Uten): string {
	return UTEN[uten]();
}

/** The reason that was given, as it is read afterwards. */
export function utentekst(uten: Uten, tekst: string | null): string {
	const valgt = uten === 'annet' ? [] : [utennavn(uten)];
	return [...valgt, ...(tekst === null ? [] : [tekst])].join('. ');
}

/** «Nora Haugen: 3 venter, lengst i 4 dager». */
export function ventersammendrag({ navn, antall, dager }: { navn: string; antall: number; dager: number }): string {
	if (dager === 0) return m.godkjenning_lis_idag({ navn, antall });
	return dager === 1
		? m.godkjenning_lis_en_dag({ navn, antall })
		: m.godkjenning_lis_sammendrag({ navn, antall, dager });
}
