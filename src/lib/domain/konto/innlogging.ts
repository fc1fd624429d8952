import * as v from 'valibot';
import { erBrukernavn } from '../registrering/skjema.ts';

/** How long ago the person may have identified with electronic ID to choose a password, milliseconds (trust.md, «Password»). */
export const BEKREFTET_MS = 30 * 60 * 1000;

/** User name and password, as one chooses them. What a password must be is judged with what belongs to the person (passord.ts). */
export const innloggingSkjema = v.object({
	brukernavn: v.pipe(v.string(), v.trim(), v.toLowerCase(), v.check(erBrukernavn, 'registrering_feil_brukernavn')),
	passord: v.pipe(v.string(), v.nonEmpty('felles_feil_ma_fylles'))
});
