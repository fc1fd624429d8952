import * as m from '#lib/i18n/paraglide/messages.js';
import type { Statusgruppe } from './fremdrift.ts';

/** The groups of states in words. */
export const GRUPPENAVN: Record<Statusgruppe, () => string> = {
	godkjent: m.fremdrift_gruppe_godkjent,
	sendt: m.fremdrift_gruppe_sendt,
	tilbake: m.fremdrift_gruppe_tilbake,
	pagar: m.fremdrift_gruppe_pagar
};

/** The surface each is drawn with, told apart without colour. */
export const MERKER = { godkjent: 'fylt', sendt: 'permisjon', tilbake: 'fravaer', pagar: 'tomt' } as const;
