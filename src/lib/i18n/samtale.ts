import type { SamtaleStatus, Tidspunkt } from '#lib/domain/samtale/samtale.ts';
import { formatDato, formatNarDag, formatTidsrom } from './format.ts';
import * as m from './paraglide/messages.js';

const STATUS: Record<SamtaleStatus, () => string> = {
	planlagt: m.samtale_status_planlagt,
	aktiv: m.samtale_status_aktiv,
	ferdigstilt: m.samtale_status_ferdigstilt,
	avlyst: m.samtale_status_avlyst
};

/** The state of a samtale in words. */
export function statustekst(status: SamtaleStatus): string {
	return STATUS[status]();
}

/** «Veiledningssamtale 24. november 2026»: what a samtale is called everywhere. */
export function samtaletittel(dato: string | null): string {
	return dato ? m.samtale_tittel({ dato: formatDato(dato) }) : m.samtale_tittel_uten_dato();
}

/** «i morgen kl. 14.30–15.15»; null without a date. */
export function samtaleNar(tid: Tidspunkt, iDag: string): string | null {
	if (!tid.dato) return null;
	return [formatNarDag(tid.dato, iDag), formatTidsrom(tid.fra, tid.til)].filter(Boolean).join(' ');
}
