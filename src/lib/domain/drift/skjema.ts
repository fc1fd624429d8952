import * as v from 'valibot';
import { ARBEIDSSTED_SLAG } from '../arbeidssted.ts';
import { epostfelt, linje } from '../felt.ts';

/** Form schemas of drift's pages. Messages are keys of the message files. */

const navn = (maks: number) =>
	v.pipe(
		linje(maks),
		v.check((t) => t !== '', 'felles_feil_ma_fylles')
	);

export const kommuneSkjema = v.object({
	nummer: v.pipe(v.string(), v.trim(), v.regex(/^[0-9]{4}$/, 'drift_feil_kommunenummer')),
	navn: navn(100)
});

export const arbeidsstedSkjema = v.object({
	kommune: v.pipe(v.string(), v.trim(), v.regex(/^[0-9]{4}$/, 'felles_feil_ma_fylles')),
	navn: navn(200),
	slag: v.picklist(ARBEIDSSTED_SLAG, 'felles_feil_ma_fylles')
});

export const epostSkjema = v.object({ epost: epostfelt });

/** Why a role is given or taken away, or a relation ends: it stands in the audit log. */
export const grunnSkjema = v.object({
	grunn: v.pipe(
		linje(300),
		v.check((t) => t !== '', 'drift_feil_grunn')
	)
});
