import * as v from 'valibot';

/** Why something that a person wrote was not taken into the samtale. */
export type Avvisningsgrunn =
	| 'utlogget'
	| 'uten-tilgang'
	| 'forfatter'
	| 'sikkerhetskopi'
	| 'for-stor'
	| 'ugyldig'
	| 'ferdigstilt'
	| 'avlyst'
	| 'annet';

/** Up to when somebody has seen what was refused, microseconds since 1970: what comes later is not deleted with it. */
export const slettAvvisteSkjema = v.object({
	til: v.pipe(v.string(), v.regex(/^\d{1,16}$/, 'felles_feil_ugyldig'), v.transform(Number))
});
