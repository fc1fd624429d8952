import * as v from 'valibot';
import { erEpostadresse } from './epostadresse.ts';
import { findFodselsnumre } from './fodselsnummer.ts';
import { erTryggLinje, erTryggTekst } from './tekst.ts';

/** Fields that several forms have. Messages are keys of the message files. */

/** A person's name: letters of any script, as on a passport. No digits, signs or addresses, which could pass for a message. */
export function erNavn(tekst: string): boolean {
	return tekst.length <= 100 && /^[\p{L}\p{M}][\p{L}\p{M} .'’-]*$/u.test(tekst) && /\p{L}/u.test(tekst);
}

/** An address that mail can be sent to, at a host with a domain. */
export function erEpost(tekst: string): boolean {
	return erEpostadresse(tekst) && /^.{1,64}@[\p{L}\p{N}.-]+\.\p{L}{2,}$/u.test(tekst);
}

/** One line of text: trimmed, at most `maks` characters, nothing that deceives, no fødselsnummer. */
export const linje = (maks: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.check((t) => t.length <= maks, 'felles_feil_langt'),
		v.check(erTryggLinje, 'felles_feil_tegn'),
		v.check((t) => findFodselsnumre(t).length === 0, 'felles_feil_fodselsnummer')
	);

/** The same, where nothing written is nothing at all. */
export const valgfriLinje = (maks: number) =>
	v.pipe(
		linje(maks),
		v.transform((t) => (t === '' ? null : t))
	);

/** An address for mail; must be there. */
export const epostfelt = v.pipe(
	linje(254),
	v.check((t) => t !== '', 'felles_feil_epost_mangler'),
	v.check((t) => t === '' || erEpost(t), 'felles_feil_epost')
);

/** Text of several lines: as `linje`, with line breaks, which a form sends as CR LF (HTML, «form submission»). Nothing written is nothing at all. */
export const valgfrittAvsnitt = (maks: number) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.transform((t) => t.replaceAll(/\r\n?/g, '\n')),
		v.check((t) => t.length <= maks, 'felles_feil_langt'),
		v.check(erTryggTekst, 'felles_feil_tegn'),
		v.check((t) => findFodselsnumre(t).length === 0, 'felles_feil_fodselsnummer'),
		v.transform((t) => (t === '' ? null : t))
	);
