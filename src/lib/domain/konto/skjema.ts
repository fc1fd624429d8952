import * as v from 'valibot';
import { SPRAK } from '../actor.ts';
import { valgfriLinje } from '../felt.ts';

/** Form schemas of one's own account, the same in the browser and on the server. Messages are keys of the message files. */

/** A telephone number as people write it: digits, spaces, a leading plus. */
export function erMobil(tekst: string): boolean {
	const siffer = tekst.replace(/\D/g, '').length;
	return /^\+?[0-9 ]+$/.test(tekst) && siffer >= 5 && siffer <= 15;
}

/** What others are told of how to reach somebody, and the language of the portal and its mail. */
export const profilSkjema = v.object({
	mobil: v.pipe(
		valgfriLinje(30),
		v.check((t) => t === null || erMobil(t), 'konto_feil_mobil')
	),
	stilling: valgfriLinje(200),
	sprak: v.picklist(SPRAK, 'felles_feil_ugyldig')
});
