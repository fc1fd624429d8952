import type { Kategori } from '#lib/domain/fil/fil.ts';
import * as m from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

/** The words of files. */

const KATEGORI: Record<Kategori, () => string> = {
	kursbevis: m.fil_kategori_kursbevis,
	attest: m.fil_kategori_attest,
	opplaring: m.fil_kategori_opplaring,
	notat: m.fil_kategori_notat,
	annet: m.fil_kategori_annet
};

export function kategorinavn(kategori: Kategori): string {
	return KATEGORI[kategori]();
}

/** A size in bytes as people read it: «340 kB», «2,4 MB»; up to the next step rather than down, so that nothing is «0 kB». */
export function formatStorrelse(bytes: number): string {
	const kilo = Math.ceil(bytes / 1024);
	if (kilo < 1000) return `${kilo} kB`;
	const mega = Math.ceil((bytes / 1024 ** 2) * 10) / 10;
	const tall = mega >= 100 || Number.isInteger(mega) ? String(Math.ceil(mega)) : mega.toFixed(1);
	return `${getLocale() === 'en' ? tall : tall.replace('.', ',')} MB`;
}
