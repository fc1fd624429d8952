import { fullforer, type AktivitetStatus } from './aktivitet.ts';

/** ikke påbegynt → påbegynt → venter på signering → fullført (product.md, «States», krav). */
export type KravTilstand = 'ikke_paabegynt' | 'paabegynt' | 'venter' | 'fullfort';

/** Where a krav stands, by what was done for it. */
export function kravTilstand(aktiviteter: readonly { status: AktivitetStatus }[]): KravTilstand {
	if (aktiviteter.some(({ status }) => fullforer(status))) return 'fullfort';
	if (aktiviteter.some(({ status }) => status === 'sendt')) return 'venter';
	return aktiviteter.length > 0 ? 'paabegynt' : 'ikke_paabegynt';
}
