import * as v from 'valibot';
import { ROLLER, type Rolle } from '../actor.ts';
import { linje, valgfrittAvsnitt } from '../felt.ts';

/** Form of an announcement: for whom, from which day, and perhaps until which. Messages are keys of the message files. */

const MA_FYLLES = 'felles_feil_ma_fylles';
const dag = v.pipe(
	v.optional(v.string(), ''),
	v.check((t) => t === '' || (/^\d{4}-\d{2}-\d{2}$/.test(t) && !Number.isNaN(Date.parse(t))), 'felles_feil_ugyldig'),
	v.transform((t) => (t === '' ? null : t))
);
/** The chosen roles, one a line; names of none are passed over. */
const roller = v.pipe(
	v.string(),
	v.transform((t) => ROLLER.filter((rolle) => t.split('\n').includes(rolle))),
	v.check((valgte: Rolle[]) => valgte.length > 0, 'melding_feil_roller')
);

/** What whoever writes an announcement tells. Without a first day it is shown at once, without a last one until it is withdrawn. */
export const meldingSkjema = v.pipe(
	v.object({
		tittel: v.pipe(
			linje(120),
			v.check((t) => t !== '', MA_FYLLES)
		),
		tekst: v.pipe(
			valgfrittAvsnitt(2000),
			v.check((t) => t !== null, MA_FYLLES),
			v.transform((t) => t ?? '')
		),
		...{ roller, fra: dag, til: dag }
	}),
	v.forward(
		v.check(({ fra, til }) => til === null || fra === null || til >= fra, 'melding_feil_til'),
		['til']
	)
);
