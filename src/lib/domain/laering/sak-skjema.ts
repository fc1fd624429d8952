import * as v from 'valibot';
import { valgfrittAvsnitt } from '../felt.ts';

/** The forms of a case. Messages are keys of the message files. */

/** Goals as «code:version», one a line, as they were seen. */
const malListe = v.pipe(
	v.optional(v.string(), ''),
	v.transform((t) =>
		t.split('\n').flatMap((en) => {
			const treff = /^([A-Z]{2,8}-[0-9]{3}):([0-9]{1,9})$/.exec(en);
			return treff ? [{ kode: treff[1] ?? '', versjon: Number(treff[2]) }] : [];
		})
	),
	v.minLength(1, 'katalog_feil_velg_mal'),
	v.maxLength(200, 'felles_feil_ugyldig')
);

/** Confirming several goals. */
export const bekreftSkjema = v.object({ mal: malListe });

/** Withdrawing several goals, with the reason that the LIS is told on the page. */
export const trekkSkjema = v.object({
	mal: malListe,
	grunn: v.pipe(
		valgfrittAvsnitt(2000),
		v.check((t) => t !== null, 'samtale_feil_grunn_mangler'),
		v.transform((t) => t ?? '')
	)
});
