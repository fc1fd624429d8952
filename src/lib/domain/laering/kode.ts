import * as v from 'valibot';
import { SPRAK } from '../actor.ts';
import { epostfelt, linje, valgfrittAvsnitt } from '../felt.ts';
import { AppError } from '../feil.ts';

/** Signing on the spot: how long a code that the LIS shows can be used, milliseconds. */
export const KODE_MS = 10 * 60 * 1000;

export type Kode = { utloperAt: Date; bruktAt: Date | null; forbigatt: boolean };

/** Why a code opens nothing, as a message key; null when it can be used now. */
export function hvorforUbrukelig(kode: Kode | undefined, now: Date): string | null {
	if (!kode) return 'signering_konflikt_kode';
	if (kode.bruktAt !== null || kode.forbigatt) return 'signering_konflikt_kode_brukt';
	return kode.utloperAt <= now ? 'signering_konflikt_kode_utlopt' : null;
}

/** Throws a conflict with the reason unless the code can be used now. */
export function krevBrukelig<K extends Kode>(kode: K | undefined, now: Date): asserts kode is K {
	const hvorfor = hvorforUbrukelig(kode, now);
	if (hvorfor !== null) throw new AppError('conflict', { reason: hvorfor });
}

/** What somebody without a user tells in order to sign; their name is that of their electronic ID. */
export const kodePersonSkjema = v.object({ epost: epostfelt, sprak: v.picklist(SPRAK, 'felles_feil_ugyldig') });

/** What the supervisør says with the signature. */
export const signerKodeSkjema = v.object({
	versjon: v.pipe(
		linje(9),
		v.check((t) => /^\d+$/.test(t), 'felles_feil_ugyldig'),
		v.transform(Number)
	),
	/** The sum of the files that were shown. */
	filer: linje(64),
	tilbakemelding: valgfrittAvsnitt(2000),
	anbefal: v.pipe(
		linje(2),
		v.transform((t) => t === 'ja')
	)
});
