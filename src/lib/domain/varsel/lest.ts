import * as v from 'valibot';
import { KORTGRUPPER } from './grupper.ts';

/** The form that marks a group of cards as read: those that were there then, not what has come since. */
export const lestSkjema = v.object({
	kort: v.picklist(KORTGRUPPER, 'felles_feil_ugyldig'),
	til: v.pipe(
		v.string(),
		v.isoTimestamp('felles_feil_ugyldig'),
		v.transform((t) => new Date(t))
	)
});
